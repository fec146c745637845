using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Operations;

/// <summary>What a patch does to the arguments of some of the jobs.</summary>
/// <param name="Looked">How many it was tried on.</param>
/// <param name="Fits">How many of them it fits.</param>
/// <param name="Fault">What is wrong with the patch itself, or null.</param>
public sealed record PatchPreview(IReadOnlyList<PatchSample> Samples, int Looked, int Fits, string? Fault)
{
    private const int Shown = 3;

    /// <param name="calls">The jobs that it is tried on.</param>
    internal static PatchPreview Of(string text, IReadOnlyList<StoredCall?> calls)
    {
        var (patch, fault) = JsonPatch.Parse(text);
        if (patch is null)
            return new([], 0, 0, fault);
        var tried = calls.Where(call => call is not null).Select(call => SampleOf(call!, patch)).ToList();
        // One that does not fit says more than the third that does.
        var samples = tried.Where(sample => sample.Fault is null).Take(Shown).Concat(tried.Where(sample => sample.Fault is not null).Take(1));
        return new([.. samples], tried.Count, tried.Count(sample => sample.Fault is null), null);
    }

    private static PatchSample SampleOf(StoredCall call, JsonPatch patch)
    {
        var (arguments, fault) = PatchedArguments.Of(call, patch);
        if (arguments is null)
            return new(call.JobId, call.Name, [], fault);
        var after = call.ToJson();
        patch.Apply(after);
        return new(call.JobId, call.Name, [.. ArgumentDifference.Between("", call.ToJson().ToJsonString(), after.ToJsonString())], null);
    }
}

/// <summary>One job that a patch was tried on.</summary>
/// <param name="Changes">What differs, when the patch fits.</param>
/// <param name="Fault">Why it does not fit, or null.</param>
public sealed record PatchSample(string JobId, string Name, IReadOnlyList<ChangedMember> Changes, string? Fault);
