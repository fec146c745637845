using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Configuration;

/// <summary>
/// Writes CSV row by row into a stream, with no more than a piece of it in memory: UTF-8 with its mark, by which spreadsheets know it, lines
/// that end in CR LF, and no cell that a spreadsheet would take for a formula. Numbers and times are written the same in every language.
/// </summary>
public sealed class CsvWriter(Stream stream) : IAsyncDisposable
{
    private const int PieceLength = 32 * 1024;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly StringBuilder _piece = new("\uFEFF");
    private bool _isRowBegun;

    /// <summary>A cell of text, which may be anything.</summary>
    public CsvWriter Text(string? text) => Add(CsvText.Cell(text));

    /// <summary>A cell with a whole number; empty for none.</summary>
    public CsvWriter Number(long? number) => Add(number?.ToString(CultureInfo.InvariantCulture));

    /// <summary>A cell with a number of at most <paramref name="decimals"/> decimals; empty for none.</summary>
    public CsvWriter Number(double? number, int decimals) =>
        Add(number is { } value && double.IsFinite(value) ? Math.Round(value, decimals).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture) : null);

    /// <summary>A cell with a moment in UTC, as ISO 8601 writes it; empty for none.</summary>
    public CsvWriter Time(DateTimeOffset? at) => Add(at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    /// <summary>Ends the row, and sends what has gathered when that is a piece.</summary>
    public ValueTask EndRowAsync(CancellationToken cancel = default)
    {
        _piece.Append("\r\n");
        _isRowBegun = false;
        return _piece.Length < PieceLength ? ValueTask.CompletedTask : FlushAsync(cancel);
    }

    /// <summary>Sends what has gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel = default)
    {
        if (_piece.Length == 0)
            return;
        var bytes = s_utf8.GetBytes(_piece.ToString());
        _piece.Clear();
        await stream.WriteAsync(bytes, cancel);
        await stream.FlushAsync(cancel);
    }

    public ValueTask DisposeAsync() => FlushAsync();

    private CsvWriter Add(string? cell)
    {
        if (_isRowBegun)
            _piece.Append(',');
        _piece.Append(cell);
        _isRowBegun = true;
        return this;
    }
}
