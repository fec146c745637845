using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace OpsConsole.Samples.Reports.Spreadsheets;

/// <summary>One sheet: a heading that stays in sight, then rows.</summary>
public sealed class SheetWriter : IDisposable
{
    private static readonly CellValue NoValue = new();
    private readonly OpenXmlWriter _writer;
    private readonly IReadOnlyList<Column> _columns;
    private readonly OpenXmlAttribute[] _styles;

    internal SheetWriter(WorksheetPart part, IReadOnlyList<Column> columns)
    {
        _columns = columns;
        _styles = [.. Enum.GetValues<CellFormat>().Select(format => Attribute("s", ((int)format).ToString(CultureInfo.InvariantCulture)))];
        _writer = OpenXmlWriter.Create(part);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(FrozenHeading());
        _writer.WriteElement(new Columns(columns.Select((column, i) =>
            new DocumentFormat.OpenXml.Spreadsheet.Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = column.Width, CustomWidth = true })));
        _writer.WriteStartElement(new SheetData());
        WriteRow([.. columns.Select(column => (CellContent)column.Title)], _ => CellFormat.Heading);
        Rows = 0;
    }

    /// <summary>Rows below the heading.</summary>
    public int Rows { get; private set; }

    public void Add(params ReadOnlySpan<CellContent> cells) => WriteRow(cells, i => _columns[i].Format);

    public void Dispose()
    {
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.Dispose();
    }

    private void WriteRow(ReadOnlySpan<CellContent> cells, Func<int, CellFormat> formatOf)
    {
        _writer.WriteStartElement(new Row());
        for (var i = 0; i < cells.Length; i++)
            WriteCell(cells[i], formatOf(i));
        _writer.WriteEndElement();
        Rows++;
    }

    private void WriteCell(CellContent cell, CellFormat format)
    {
        if (cell.IsText)
        {
            _writer.WriteStartElement(new Cell(), [_styles[(int)format], Attribute("t", "inlineStr")]);
            _writer.WriteElement(new InlineString(new Text(cell.Value)));
        }
        else
        {
            _writer.WriteStartElement(new Cell(), [_styles[(int)format]]);
            _writer.WriteStartElement(NoValue);
            _writer.WriteString(cell.Value);
            _writer.WriteEndElement();
        }
        _writer.WriteEndElement();
    }

    private static SheetViews FrozenHeading()
    {
        var pane = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        return new SheetViews(new SheetView(pane) { WorkbookViewId = 0 });
    }

    private static OpenXmlAttribute Attribute(string name, string value) => new(name, "", value);
}
