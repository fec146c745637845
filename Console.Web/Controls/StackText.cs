using OpsConsole.Data.Failures;

namespace OpsConsole.Web.Controls;

/// <summary>What a block of an exception's text is.</summary>
public enum StackBlockKind { Own, Framework, Runner, Inner, Text }

/// <summary>One frame of the job's own code, or a run of frames or lines of one other kind.</summary>
public sealed record StackBlock(StackBlockKind Kind, IReadOnlyList<StackLine> Lines);

/// <summary>One line: what was called, and where when that is known.</summary>
public sealed record StackLine(string Call, string Place);

/// <summary>Takes the text of an exception apart, so that the frames of the job's own code stand out.</summary>
public static class StackText
{
    private const int MaxLines = 500;

    public static IReadOnlyList<StackBlock> Parse(string? details)
    {
        var blocks = new List<StackBlock>();
        foreach (var raw in SafeText.Block(details).Split('\n').Take(MaxLines))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith("--- End of stack trace from previous", StringComparison.Ordinal)) continue;
            var kind = KindOf(line);
            var entry = kind is StackBlockKind.Text or StackBlockKind.Inner ? new StackLine(line, "") : Frame(line);
            if (kind is not (StackBlockKind.Own or StackBlockKind.Inner) && blocks.Count > 0 && blocks[^1].Kind == kind)
                blocks[^1] = blocks[^1] with { Lines = [.. blocks[^1].Lines, entry] };
            else
                blocks.Add(new StackBlock(kind, [entry]));
        }
        return WithoutHeadline(blocks);
    }

    private static StackBlockKind KindOf(string line)
    {
        if (line.StartsWith("---> ", StringComparison.Ordinal)) return StackBlockKind.Inner;
        if (!line.StartsWith("at ", StringComparison.Ordinal)) return StackBlockKind.Text;
        return FrameOrigins.Of(line.AsSpan(3)) switch
        {
            FrameOrigin.Runner => StackBlockKind.Runner,
            FrameOrigin.Framework => StackBlockKind.Framework,
            _ => StackBlockKind.Own,
        };
    }

    /// <summary>"at A.B(C c) in /src/x/B.cs:line 41" is A.B(C c) at B.cs:41; the folders of a build machine help nobody.</summary>
    private static StackLine Frame(string line)
    {
        var call = line[3..];
        var at = call.LastIndexOf(" in ", StringComparison.Ordinal);
        if (at < 0) return new StackLine(call, "");
        var place = call[(at + 4)..].Replace(":line ", ":", StringComparison.Ordinal);
        return new StackLine(call[..at], place[(place.LastIndexOfAny(['/', '\\']) + 1)..]);
    }

    /// <summary>The first line repeats type and message, which stand above the stack already.</summary>
    private static List<StackBlock> WithoutHeadline(List<StackBlock> blocks)
    {
        var firstFrame = blocks.FindIndex(block => block.Kind != StackBlockKind.Text);
        return firstFrame > 0 ? blocks.GetRange(firstFrame, blocks.Count - firstFrame) : blocks;
    }
}
