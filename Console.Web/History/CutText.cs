using System.Text;
using System.Text.Unicode;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>Cuts texts to a number of bytes of UTF-8, between two characters.</summary>
internal static class CutText
{
    private const int MarkBytes = 3;

    /// <summary>The text, or its beginning with the mark of a cut behind it.</summary>
    public static string To(string text, int maxBytes, ref bool isCut)
    {
        // No UTF-16 code unit takes more than three bytes.
        if (text.Length * 3L <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        isCut = true;
        var room = new byte[Math.Max(0, maxBytes - MarkBytes)];
        Utf8.FromUtf16(text, room, out var read, out _);
        return text[..read] + StoredCuts.Mark;
    }
}
