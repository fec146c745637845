using System.Text.Json;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Documents;
using OpsConsole.Samples.Reports.Sales;

namespace OpsConsole.Samples.Reports.Traffic;

/// <summary>Decides what the people of the business ask for next. What goes wrong, goes wrong in the jobs: a month that has no sales, a file that is not there.</summary>
internal sealed class TrafficPlan
{
    private readonly Business _business;
    private readonly Random _random;
    private readonly double _badShare;
    private readonly (double Weight, Func<IReadOnlyList<JobRequest>> Make)[] _deeds;
    private readonly double _weights;

    public TrafficPlan(Business business, IOptions<TrafficOptions> options)
    {
        _business = business;
        _random = options.Value.Seed == 0 ? new Random() : new Random(options.Value.Seed);
        _badShare = options.Value.BadRequestPercent / 100;
        _deeds =
        [
            (34, () => [Confirmation()]),
            (30, () => [Webhook()]),
            (11, () => [Query()]),
            (11, () => [Index()]),
            (8, () => [Import()]),
            (0.1, () => [IndexAll()]),
            (3, () => [Reminder()]),
            (1.6, () => [Analyse()]),
            (1.9, ReportChain),
            (0.35, Mailing),
        ];
        _weights = _deeds.Sum(deed => deed.Weight);
    }

    /// <summary>The next request, or several that belong together, parents before their children.</summary>
    public IReadOnlyList<JobRequest> Next()
    {
        var place = _random.NextDouble() * _weights;
        foreach (var (weight, make) in _deeds)
            if ((place -= weight) < 0)
                return make();
        return _deeds[0].Make();
    }

    private bool Slip() => _random.NextDouble() < _badShare;

    private JobRequest Confirmation(EnqueueOptions? options = null)
    {
        var customer = Business.Customer(_random);
        var number = _business.NextNumber();
        return Mail(customer, $"Your order {number:000000}", $"Dear {customer},\n\nthank you for your order {number:000000}. It leaves our warehouse within two working days.\n", options);
    }

    private JobRequest Reminder()
    {
        var customer = Business.Customer(_random);
        var at = _business.Now.AddSeconds(30 + _random.Next(600));
        return Mail(customer, "Your invoice is due tomorrow", $"Dear {customer},\n\na friendly reminder: your invoice {_random.Next(10_000, 99_999)} is due tomorrow.\n",
            new EnqueueOptions { At = at, Reason = "Reminder on the day before" });
    }

    private JobRequest Mail(string customer, string subject, string body, EnqueueOptions? options) =>
        Request("notifications.send", new { to = Business.AddressOf(customer, Slip(), _random), subject, body }, options);

    private JobRequest Webhook() => Request("notifications.webhook", new
    {
        url = _business.Url(_random),
        payload = JsonSerializer.Serialize(new { order = _business.NextNumber(), customer = Business.Customer(_random), lines = 1 + _random.Next(12) }),
    });

    private JobRequest Query()
    {
        var subject = Business.Pick(Prose.Subjects, _random);
        var words = _random.Next(3) == 0 ? Business.Pick(Catalogue.Products, _random).Name : Business.Pick(subject.Terms, _random);
        return Request("documents.query", new { words });
    }

    private JobRequest Index() => Request("documents.index", new
    {
        path = Slip() ? $"documents/{200 + _random.Next(700)}-delivery-note.docx" : _business.Document(_random),
    });

    private static JobRequest IndexAll() => Request("documents.index", new { path = "documents" });

    private JobRequest Import() => Request("sales.import", new
    {
        file = _random.NextDouble() < _badShare / 2 ? $"till-{_random.Next(1_000, 9_999)}.csv" : _business.SendOrders(Slip(), _random),
    });

    private JobRequest Analyse() => Request("reports.analyse", new
    {
        file = Slip() || _business.Report(_random) is not { } report ? $"reports/sales-{_business.MonthOnRecord(1, _random)}-archived.xlsx" : report,
    });

    private IReadOnlyList<JobRequest> ReportChain()
    {
        var months = Business.Pick([1, 1, 1, 1, 1, 2, 2, 3], _random);
        var month = Slip() || Slip() ? _business.MonthToCome(_random) : _business.MonthOnRecord(months, _random);
        var region = _random.Next(3) == 0 ? Region.All : (Region)(1 + _random.Next(5));
        var name = $"sales-{month}-{region}-{_random.Next(0x10000):x4}".ToLowerInvariant();
        var (report, analysis, archive) = (NewId(), NewId(), NewId());
        return
        [
            Request("reports.generate", new { month = month.ToString(), months, region = region.ToString(), name }, new EnqueueOptions { Id = report }),
            Request("reports.analyse", new { file = $"reports/{name}.xlsx" }, After(report) with { Id = analysis }),
            Request("documents.archive", new { files = new[] { $"reports/{name}.xlsx", $"reports/{name}-analysis.json" }, name }, After(analysis) with { Id = archive }),
            Request("notifications.send", new
            {
                to = "sales@example.org",
                subject = $"Sales report {month}, {region}",
                body = $"The report for {month} ({region}) is done and archived as {name}.zip.\n",
                attachment = $"reports/{name}-analysis.json",
            }, After(archive)),
        ];
    }

    // Month's end, a price list, a recall: many messages at once.
    private List<JobRequest> Mailing() => [.. Enumerable.Range(0, 20 + _random.Next(41)).Select(_ => Confirmation(new EnqueueOptions { Reason = "Mailing" }))];

    private static EnqueueOptions After(string parent) => new() { ParentId = parent, On = ContinueOn.Succeeded };

    private static string NewId() => Guid.NewGuid().ToString();

    private static JobRequest Request(string type, object arguments, EnqueueOptions? options = null) => new(type, JsonSerializer.Serialize(arguments), options);
}
