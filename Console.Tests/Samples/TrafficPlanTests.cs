using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Sales;
using OpsConsole.Samples.Reports.Traffic;

namespace OpsConsole.Tests.Samples;

public sealed class TrafficPlanTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private readonly TrafficOptions _traffic = new() { Seed = 7 };

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Every_queue_gets_its_share_and_chains_name_parents_before_children()
    {
        var requests = await ManyAsync(2_000);

        var types = requests.CountBy(request => request.JobType).ToDictionary();
        Assert.Equal(
            ["documents.archive", "documents.index", "documents.query", "notifications.send", "notifications.webhook", "reports.analyse", "reports.generate", "sales.import"],
            types.Keys.Order(StringComparer.Ordinal));
        Assert.All(types.Values, count => Assert.True(count >= 5));
        var made = new HashSet<string>();
        foreach (var request in requests)
        {
            Assert.True(request.Options?.ParentId is not { } parent || made.Contains(parent));
            if (request.Options?.Id is { } id)
                made.Add(id);
        }
    }

    [Fact]
    public async Task Without_slips_everything_that_is_asked_for_is_there()
    {
        _traffic.BadRequestPercent = 0;
        foreach (var request in await ManyAsync(1_000))
        {
            using var arguments = JsonDocument.Parse(request.ArgumentsJson);
            switch (request.JobType)
            {
                case "documents.index" when arguments.RootElement.GetProperty("path").GetString() != "documents":
                    _sample.Data.Existing(arguments.RootElement.GetProperty("path").GetString()!);
                    break;
                case "sales.import":
                    var file = _sample.Data.Existing("inbox/" + arguments.RootElement.GetProperty("file").GetString());
                    Assert.All(File.ReadLines(file), line => Assert.True(Sale.TryParse(line, out _, out _)));
                    break;
                case "reports.generate":
                    _sample.Ledger.Require(Month.Parse(arguments.RootElement.GetProperty("month").GetString()!), 1);
                    break;
                case "notifications.send":
                    Assert.Matches("^[a-z.-]+@[a-z.-]+[.](example|org)$", arguments.RootElement.GetProperty("to").GetString());
                    break;
                default:
                    break;
            }
        }
    }

    [Fact]
    public async Task Slips_ask_for_what_is_not_there()
    {
        _traffic.BadRequestPercent = 100;
        var requests = await ManyAsync(300);
        Assert.DoesNotContain(requests, request => request.JobType == "notifications.send" && request.Options?.ParentId is null
            && System.Net.Mail.MailAddress.TryCreate(JsonDocument.Parse(request.ArgumentsJson).RootElement.GetProperty("to").GetString(), out var address) && address.Host.Contains('.'));
        Assert.All(requests.Where(request => request.JobType == "reports.generate"), request =>
            Assert.Throws<SalesMissingException>(() => _sample.Ledger.Require(Month.Parse(JsonDocument.Parse(request.ArgumentsJson).RootElement.GetProperty("month").GetString()!), 1)));
    }

    [Fact]
    public void Day_has_the_mean_of_one_with_quiet_nights_and_a_busy_morning()
    {
        var midnight = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
        var minutes = Enumerable.Range(0, 1_440).Select(minute => DayCurve.At(midnight.AddMinutes(minute), 1_440)).ToList();
        Assert.Equal(1, minutes.Average(), 6);
        Assert.True(minutes[10 * 60] > 1.3 && minutes[3 * 60] < 0.8 && minutes[10 * 60] > minutes[13 * 60]);
        Assert.Equal(minutes[10 * 60], DayCurve.At(midnight.AddMinutes(25), 60), 6);
    }

    [Fact]
    public void Partner_is_out_of_service_once_in_its_period_and_never_without_one()
    {
        var options = new TrafficOptions { PartnerOutageEveryMinutes = 10, PartnerOutageSeconds = 30 };
        var hour = Enumerable.Range(0, 3_600).Select(second => DateTimeOffset.UnixEpoch.AddSeconds(second)).ToList();
        Assert.Equal(180, hour.Count(moment => DemoPartner.IsOut(moment, options)));
        options.PartnerOutageEveryMinutes = 0;
        Assert.DoesNotContain(hour, moment => DemoPartner.IsOut(moment, options));
    }

    private async Task<List<JobRequest>> ManyAsync(int deeds)
    {
        await _sample.MakeSalesAsync();
        await _sample.MakeDocumentsAsync();
        using var partner = new DemoPartner(Options.Create(_traffic), Options.Create(_sample.Mail), _sample.Time, NullLogger<DemoPartner>.Instance);
        var plan = new TrafficPlan(new Business(_sample.Data, _sample.Ledger, partner, _sample.Time), Options.Create(_traffic));
        return [.. Enumerable.Range(0, deeds).SelectMany(_ => plan.Next())];
    }
}
