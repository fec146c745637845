using System.Security.Cryptography;
using System.Text;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>Says which failures are one problem: job type, exception type, message without its variable parts, first own frame.</summary>
public static class FailureFingerprint
{
    private const int MaxTypeName = 300;

    /// <summary>
    /// The group of a failure. Takes the same short time however long the texts are: no more than their first kilobytes count.
    /// A failure without an exception (a lost worker) is told by its message alone.
    /// </summary>
    /// <param name="jobType">As operators see it.</param>
    /// <param name="stack">Frames, or the whole text of the exception.</param>
    public static FailureIdentity Of(string jobType, string? errorType, string? message, string? stack)
    {
        var template = MessageTemplate.Of(message);
        var frame = string.IsNullOrEmpty(stack) ? "" : OwnFrame.In(stack, message ?? "");
        return new FailureIdentity(IdOf(Head(jobType), Head(errorType ?? ""), template, frame), template, frame);
    }

    /// <summary>Names of job types made at run time can be long; what the database keeps of them is enough to tell them apart.</summary>
    private static string Head(string name) => StoredText.Clean(name, MaxTypeName);

    private static Guid IdOf(params ReadOnlySpan<string> parts)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)), digest);
        return new Guid(digest[..16], bigEndian: true);
    }
}
