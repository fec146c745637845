namespace OpsConsole.Data.History.Search;

/// <summary>Refuses texts that no reader could make sense of, before anybody tries.</summary>
internal static class QueryTextCheck
{
    public static bool Passes(string text, FaultList faults)
    {
        if (text.Length > QueryLimits.Text)
            faults.Add(QueryLimits.Text, text.Length - QueryLimits.Text, $"A query may have at most {QueryLimits.Text:N0} characters; this one has {text.Length:N0}.");
        for (var i = 0; i < text.Length && faults.IsEmpty; i++)
        {
            if (char.IsSurrogatePair(text, i)) i++;
            else if (char.IsSurrogate(text[i]) || char.IsControl(text[i]) && !char.IsWhiteSpace(text[i]))
                faults.Add(i, 1, "Here is a character that no text can have. Remove it.");
        }
        return faults.IsEmpty;
    }
}
