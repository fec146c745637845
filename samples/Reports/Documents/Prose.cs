using OpsConsole.Samples.Reports.Sales;

namespace OpsConsole.Samples.Reports.Documents;

/// <summary>Plausible business text from a small grammar.</summary>
internal static class Prose
{
    internal sealed record Subject(string File, string Title, string[] Terms);

    public static readonly Subject[] Subjects =
    [
        new("supply-agreement", "Supply agreement", ["delivery", "penalty", "warranty", "liability", "termination", "insurance"]),
        new("minutes", "Minutes of the sales meeting", ["forecast", "campaign", "complaint", "margin", "budget", "competitor"]),
        new("safety-notice", "Safety notice", ["hazard", "helmet", "ladder", "inspection", "evacuation", "training"]),
        new("delivery-note", "Delivery note", ["pallet", "carrier", "customs", "freight", "damage", "signature"]),
        new("complaint", "Complaint", ["refund", "replacement", "corrosion", "defect", "photograph", "apology"]),
        new("audit-report", "Internal audit", ["finding", "control", "evidence", "deviation", "approval", "retention"]),
    ];

    private static readonly string[] Headings = ["Scope", "Quantities and dates", "Duties of the parties", "Open points", "Costs", "Next steps", "Quality", "Responsibilities"];
    private static readonly string[] Who = ["The supplier", "The branch in the north", "Our warehouse", "The customer", "The buyer", "The carrier", "Accounts", "The quality team"];
    private static readonly string[] Does = ["confirms", "postpones", "will check", "has accepted", "questions", "must document", "approves", "has recorded"];
    private static readonly string[] What = ["the quantity of", "the price of", "the date for", "the certificate of", "the stock of", "the return of", "the order of"];
    private static readonly string[] When = ["by the end of the month", "before the next inspection", "within ten working days", "without extra cost", "in writing", "as agreed in spring", "at the earliest date"];

    public static string Heading(Random random) => Pick(Headings, random);

    public static string Sentence(Random random) =>
        $"{Pick(Who, random)} {Pick(Does, random)} {Pick(What, random)} {Catalogue.Products[random.Next(Catalogue.Products.Length)].Name.ToLowerInvariant()} {Pick(When, random)}.";

    public static string Text(Random random, Subject subject) => string.Join(' ', Enumerable.Range(0, 3 + random.Next(4)).Select(i => i % 2 == 0
        ? Sentence(random)
        : $"For the {Pick(subject.Terms, random)} see also the {Pick(subject.Terms, random)} of {Catalogue.Customers[random.Next(Catalogue.Customers.Length)]}."));

    private static string Pick(string[] words, Random random) => words[random.Next(words.Length)];
}
