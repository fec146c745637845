using System.Globalization;
using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Live;

/// <summary>Decides which groups of failures need a person: those that came back, and new ones that fail often.</summary>
public static class GroupAttention
{
    /// <summary>Most that are named; the list of failures has the others.</summary>
    public const int Named = 3;

    private const int Template = 80;

    /// <param name="news">See <see cref="GroupStore.NewsAsync"/>.</param>
    public static IReadOnlyList<AttentionItem> Of(IReadOnlyList<FailureGroup> news) =>
    [
        .. news.Take(Named).Select(Item),
        .. news.Count > Named
            ? [new AttentionItem(AttentionKind.FailureGroup, "", "More failure groups", "They are new or came back, too, and stand in the list of failures without an owner.", null)]
            : (AttentionItem[])[],
    ];

    private static AttentionItem Item(FailureGroup group)
    {
        var error = group.ErrorType.Length == 0 ? "Lost workers" : group.ErrorType[(group.ErrorType.LastIndexOf('.') + 1)..];
        var what = group.Template.Length > Template ? group.Template[..Template].TrimEnd() + "…" : group.Template;
        var tail = what.Length == 0 ? "" : $" {what}";
        return group.StateJobId is null
            ? new AttentionItem(AttentionKind.FailureGroup, group.Id.ToString("D"), "New: " + error, $"{Number(group.Count)} failures in {group.JobType} since it was first seen.{tail}", group.FirstSeenAt)
            : new AttentionItem(AttentionKind.FailureGroup, group.Id.ToString("D"), "Came back: " + error, $"{group.StateText} In {group.JobType}.{tail}", group.StateAt);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
