using OpsConsole.Data.History.Search;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>Says what may be typed next in a search, and where what is typed is wrong.</summary>
public sealed class QueryAssistant(SearchValues values)
{
    private const int Most = 12;
    private static readonly string[] Waiting = [" or", " and", " not", "("];
    private static readonly string[] Moments = ["15m", "1h", "6h", "24h", "2d", "7d", "30d", "today", "yesterday"];
    private static readonly string[] Spans = ["1s", "10s", "30s", "1m", "5m", "30m", "1h"];

    public async Task<QueryAssist> AssistAsync(QueryInputEventArgs typed, SearchContext context, CancellationToken cancel = default)
    {
        var text = typed.Text.Length > 2_000 ? typed.Text[..2_000] : typed.Text;
        var word = TypedWord.At(text, typed.Caret);
        var (title, options) = await OptionsAsync(word, cancel);
        return new(title, [.. options.Where(option => option.Text.TrimEnd() != word.Text).Take(Most)], MarksOf(typed.Before, text, word, context));
    }

    private async Task<(string Title, IEnumerable<QueryOption> Options)> OptionsAsync(TypedWord word, CancellationToken cancel)
    {
        if (word.Name is null) return ("Search by", [.. NamesOf(word.Text), .. word.Text.Length < 2 ? [] : await TypesWithAsync(word.Text, cancel)]);
        if (word.Field is not { } field) return ("", []);
        return (Title(field), field.Kind switch
        {
            QueryFieldKind.Name => ValuesOf(word, await values.OfAsync(field.Field, word.Value, Most, cancel)),
            QueryFieldKind.Text when field.Field == QueryField.Error => ValuesOf(word, await values.OfAsync(field.Field, word.Value, Most, cancel)),
            QueryFieldKind.State => ValuesOf(word, values.States(word.Value)),
            QueryFieldKind.Outcome => ValuesOf(word, SearchValues.Outcomes(word.Value)),
            QueryFieldKind.Moment => Examples(word, Moments),
            QueryFieldKind.Duration => Examples(word, Spans),
            _ => [],
        });
    }

    private static string Title(QueryFieldInfo field) => char.ToUpperInvariant(field.About[0]) + field.About[1..];

    private static IEnumerable<QueryOption> NamesOf(string part) =>
        from field in QueryFields.All
        where field.Name.StartsWith(part, StringComparison.OrdinalIgnoreCase) || part.Length > 0 && field.Aliases.Any(alias => alias.StartsWith(part, StringComparison.OrdinalIgnoreCase))
        select new QueryOption(field.Name + Sign(field), $"{field.About}, {field.Example}");

    private static string Sign(QueryFieldInfo field) => field.Kind switch
    {
        QueryFieldKind.Argument => ".",
        QueryFieldKind.Duration or QueryFieldKind.Number => ">",
        _ => ":",
    };

    /// <summary>Who knows a job type need not know that it is one.</summary>
    private async Task<IEnumerable<QueryOption>> TypesWithAsync(string part, CancellationToken cancel) =>
        from known in await values.OfAsync(QueryField.Type, part, 4, cancel)
        select new QueryOption($"type:{QueryEdit.Exactly(known.Value)} ", Note(known));

    private static IEnumerable<QueryOption> ValuesOf(TypedWord word, IEnumerable<KnownValue> known) =>
        known.Select(value => new QueryOption($"{word.Before}{QueryEdit.Exactly(value.Value)} ", Note(value)));

    private static IEnumerable<QueryOption> Examples(TypedWord word, string[] examples) =>
        examples.Where(example => example.StartsWith(word.Value, StringComparison.OrdinalIgnoreCase)).Select(example => new QueryOption($"{word.Before}{example} "));

    private static string Note(KnownValue value) => value.Count is { } count ? $"{NumberText.Count(count)} {value.Note}".TrimEnd() : value.Note;

    /// <summary>A word that is still being typed is not wrong yet, nor is one that waits for another after it.</summary>
    private static List<QueryMark> MarksOf(string before, string text, TypedWord word, SearchContext context)
    {
        if (text.Trim().Length == 0) return [];
        var waits = word.IsLast && word.Text.Length == 0 && text[..word.From].TrimEnd() is var typedBefore && Waiting.Any(sign => typedBefore.EndsWith(sign, StringComparison.OrdinalIgnoreCase)) ? typedBefore.Length : int.MaxValue;
        var shift = before.Length == 0 ? 0 : before.Length + 1;
        var faults = JobQuery.Parse(before.Length == 0 ? text : before + " " + text, context).Faults;
        return [.. from fault in faults
                   let at = fault.Position - shift
                   where at + Math.Max(1, fault.Length) > 0 && !(word.IsLast && at + Math.Max(1, fault.Length) >= word.From && at <= word.From + word.Text.Length) && at + fault.Length < waits
                   select new QueryMark(Math.Max(0, at), fault.Length, fault.Message)];
    }
}
