using System.ComponentModel;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Sales;

/// <summary>What an import took in.</summary>
public sealed record ImportResult(string File, string Month, int Orders, decimal Amount, bool WasThere);

/// <summary>Takes in what the shops send.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class SalesJobs(DataFolder data, SalesLedger ledger, TimeProvider time)
{
    [Job("sales.import", Description = "Checks a file of orders from the inbox line by line and adds it to the ledger; a file of the same name replaces the earlier one.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    [Unique("import:{file}")]
    public async Task<ImportResult> ImportAsync([Description("A file of the folder inbox")] string file, JobContext job, CancellationToken cancellation)
    {
        FileName.Check(file);
        // A worker that died after the move starts again here: the file has left the inbox and is in the ledger.
        if (!File.Exists(data.Resolve($"inbox/{file}")) && Imported(file) is { } there)
            return await SummariseAsync(file, there, wasThere: true, cancellation);

        var source = data.Existing($"inbox/{file}");
        var result = await SummariseAsync(file, source, wasThere: false, cancellation);
        var month = Month.Parse(result.Month);
        if (month > Month.Of(time.GetUtcNow().UtcDateTime))
            throw new InvalidDataException($"'{data.Relative(source)}' has orders of {month}, which has not begun. Correct their dates, then retry.");
        Directory.CreateDirectory(ledger.FolderOf(month));
        File.Move(source, Path.Combine(ledger.FolderOf(month), file), overwrite: true);
        job.Log($"{result.Orders:N0} orders of {result.Month} for {result.Amount:N2} are in the ledger");
        return result;
    }

    private string? Imported(string file) => ledger.Months()
        .Select(month => Path.Combine(ledger.FolderOf(month), file))
        .FirstOrDefault(File.Exists);

    private async Task<ImportResult> SummariseAsync(string file, string path, bool wasThere, CancellationToken cancellation)
    {
        var (orders, amount) = (0, 0m);
        Month? month = null;
        await foreach (var sale in ledger.ReadFileAsync(path, cancellation))
        {
            month ??= Month.Of(sale.PlacedAt);
            if (Month.Of(sale.PlacedAt) != month)
                throw new InvalidDataException($"Line {orders + 1} of '{data.Relative(path)}' is of {Month.Of(sale.PlacedAt)}, but the file began with {month}. Send one file for each month.");
            orders++;
            amount += sale.Amount;
        }
        return month is null
            ? throw new InvalidDataException($"'{data.Relative(path)}' has no orders. Send it again.")
            : new ImportResult(file, month.Value.ToString(), orders, amount, wasThere);
    }
}
