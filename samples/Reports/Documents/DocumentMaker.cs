using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Spreadsheets;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Documents;

/// <summary>Makes the documents of a wholesaler: agreements, minutes, notices and price lists, the same at every start.</summary>
public sealed class DocumentMaker(DataFolder data, IOptions<ReportsOptions> options)
{
    /// <summary>Makes those that are missing. A document that somebody took away after the first start stays away.</summary>
    public async Task MakeMissingAsync(CancellationToken cancellation)
    {
        if (Directory.EnumerateFiles(data.Documents).Any())
            return;
        for (var i = 0; i < options.Value.SourceDocuments; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = new Random(7_000 + i);
            var excel = i % 4 == 3;
            var subject = Prose.Subjects[i % Prose.Subjects.Length];
            var path = Path.Combine(data.Documents, $"{i + 1:000}-{(excel ? "price-list" : subject.File)}.{(excel ? "xlsx" : "docx")}");
            await AtomicFile.WriteAsync(path, part => Task.Run(() => Write(part, excel, subject, i + 1, random), cancellation));
        }
    }

    private static void Write(string path, bool excel, Prose.Subject subject, int number, Random random)
    {
        if (excel)
            WritePriceList(path, number, random);
        else
            WriteDocument(path, subject, number, random);
    }

    private static void WritePriceList(string path, int number, Random random)
    {
        using var workbook = new WorkbookWriter(path);
        using (var sheet = workbook.AddSheet("Prices",
            new Spreadsheets.Column("Product", CellFormat.Text, 26), new Spreadsheets.Column("Price", CellFormat.Money), new Spreadsheets.Column("Valid from", CellFormat.Date),
            new Spreadsheets.Column("Discount", CellFormat.Percent), new Spreadsheets.Column("Note", CellFormat.Text, 60)))
            foreach (var (product, price) in Catalogue.Products)
                sheet.Add(product, Math.Round(price * (0.85m + (decimal)random.NextDouble() * 0.3m), 2), new DateTime(2026, 1 + number % 12, 1, 0, 0, 0, DateTimeKind.Utc),
                    random.Next(0, 25) / 100.0, Prose.Sentence(random));
        workbook.Finish(first: "Prices");
    }

    private static void WriteDocument(string path, Prose.Subject subject, int number, Random random)
    {
        using var document = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document);
        var body = new Body();
        var customer = Catalogue.Customers[random.Next(Catalogue.Customers.Length)];
        body.Append(Paragraph($"{subject.Title} {number.ToString("000", CultureInfo.InvariantCulture)}: {customer}", heading: true));
        for (var section = 1; section <= 3 + random.Next(4); section++)
        {
            body.Append(Paragraph($"{section}. {Prose.Heading(random)}", heading: true));
            for (var i = 0; i < 2 + random.Next(4); i++)
                body.Append(Paragraph(Prose.Text(random, subject)));
        }
        document.AddMainDocumentPart().Document = new Document(body);
    }

    private static Paragraph Paragraph(string text, bool heading = false)
    {
        var run = new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
        if (heading)
            run.RunProperties = new RunProperties(new Bold(), new FontSize { Val = "28" });
        return new Paragraph(run);
    }
}
