using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Operations;

/// <summary>The arguments of a job as a patch makes them.</summary>
internal static class PatchedArguments
{
    /// <summary>The arguments as they are to be stored, or why the job is left out.</summary>
    public static (string? Arguments, string? Fault) Of(StoredCall? call, JsonPatch patch)
    {
        if (call is null)
            return (null, "Its arguments cannot be read.");
        var document = call.ToJson();
        if (patch.Apply(document) is { } fault)
            return (null, fault);
        var (arguments, problems) = call.With(document);
        return problems.Count == 0 ? (arguments, null) : (null, problems[0].ToString());
    }
}
