using System.Text;

namespace OpsConsole.Data.Failures;

/// <summary>
/// Finds the frame of the job's own code that is nearest to the exception, as <c>Namespace.Type.Method</c>: what the compiler numbers
/// anew with every build (lambdas, local functions, state machines) is named after the method it stands in.
/// </summary>
internal static class OwnFrame
{
    private const int MaxLines = 400;
    private const int MaxChars = 64 * 1024;
    private const int MaxName = 300;

    /// <param name="stack">Frames, or the whole text of the exception.</param>
    /// <param name="message">Skipped when the text begins with it, so that a long one does not hide the frames.</param>
    public static string In(string stack, string message)
    {
        var left = Frames(stack, message);
        for (var line = 0; line < MaxLines && left.Length > 0; line++)
        {
            var end = left.IndexOf('\n');
            var text = (end < 0 ? left : left[..end]).Trim();
            left = end < 0 ? [] : left[(end + 1)..];
            if (text.StartsWith("at ", StringComparison.Ordinal) && text.Contains('(') && FrameOrigins.Of(text[3..]) == FrameOrigin.Own)
                return Name(text[3..]);
        }
        return "";
    }

    private static ReadOnlySpan<char> Frames(string stack, string message)
    {
        var headline = Math.Min(stack.Length, 600);
        var colon = stack.AsSpan(0, headline).IndexOf(": ");
        var skip = message.Length > 0 && colon > 0 && stack.AsSpan(colon + 2).StartsWith(message, StringComparison.Ordinal) ? colon + 2 + message.Length : 0;
        return stack.AsSpan(skip, Math.Min(stack.Length - skip, MaxChars));
    }

    private static string Name(ReadOnlySpan<char> call)
    {
        var open = call.IndexOf('(');
        var name = open < 0 ? call : call[..open];
        if (name.IndexOf('[') is var generic and > 0) name = name[..generic];
        return StoredText.Clean(name.IndexOf('<') < 0 ? name.ToString() : Unmangled(name), MaxName);
    }

    /// <summary><c>A.B.&lt;&gt;c__DisplayClass4_0.&lt;Run&gt;b__1</c> is A.B.Run; <c>A.B.&lt;Run&gt;g__Check|3_0</c> is A.B.Run.Check.</summary>
    private static string Unmangled(ReadOnlySpan<char> name)
    {
        var clean = new StringBuilder(name.Length);
        var isMachine = false;
        foreach (var range in name.Split('.'))
        {
            var part = name[range];
            if (part is "MoveNext" && isMachine || part.StartsWith("<>", StringComparison.Ordinal)) continue;
            var close = part.LastIndexOf('>');
            if (part.StartsWith('<') && close > 0)
            {
                isMachine = true;
                Add(clean, part[..close].Trim('<'));
                var local = part.IndexOf("g__", StringComparison.Ordinal);
                if (local > close && part[local..].IndexOf('|') is var bar and > 3) Add(clean, part[(local + 3)..(local + bar)]);
            }
            else
            {
                Add(clean, part);
            }
        }
        return clean.ToString();
    }

    private static void Add(StringBuilder name, ReadOnlySpan<char> part)
    {
        if (part.Length > 0) name.Append(name.Length > 0 ? "." : "").Append(part);
    }
}
