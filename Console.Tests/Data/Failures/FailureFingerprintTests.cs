using OpsConsole.Data.Failures;

namespace OpsConsole.Tests.Data.Failures;

public sealed class FailureFingerprintTests
{
    private const string Stack = """
        System.InvalidOperationException: Order 17 is closed
           at System.Linq.Enumerable.First[T](IEnumerable`1 source)
           at Acme.Orders.OrderStore.<>c__DisplayClass4_0.<Settle>b__1(Order o) in /src/Orders/OrderStore.cs:line 41
           at OpsConsole.Jobs.Worker.JobRunner.RunAsync()
        """;

    [Theory]
    [InlineData("Order 17 of customer 4211 is closed", "Order <n> of customer <n> is closed")]
    [InlineData("It took 1,024.5 ms, 12.5% over 30s and -3", "It took <n> ms, <n>% over <n>s and <n>")]
    [InlineData("No row 3f2504e0-4f89-11d3-9a0c-0305e82c3301.", "No row <id>.")]
    [InlineData("No row {3F2504E0-4F89-11D3-9A0C-0305E82C3301}", "No row {<id>}")]
    [InlineData("Fault 0x80070005 at 9fa3c01b, commit deadbeefdeadbeef", "Fault <id> at <id>, commit <id>")]
    [InlineData("Token a8Xk29Qz71b refused", "Token <id> refused")]
    [InlineData("Column 'price' of \"row 8\" isn't a number; the seller's file", "Column <text> of <text> isn't a number; the seller's file")]
    [InlineData("The customer’s “big order” failed", "The customer’s <text> failed")]
    [InlineData("Could not open /var/data/2026/in.csv", "Could not open <path>")]
    [InlineData("Could not open C:\\data\\in.csv: in use", "Could not open <path>: in use")]
    [InlineData("Could not open reports/2026/in.csv, and/or application/json", "Could not open <path>, and/or application/json")]
    [InlineData("GET https://api.example.org/v2/orders/5?key=a&b=[c] failed (502)", "GET <url>] failed (<n>)")]
    [InlineData("redis://10.0.0.3:6379: no answer from 10.0.0.3:6379", "<url>: no answer from <n>")]
    [InlineData("Refused by jane.doe+x@mail.example.org!", "Refused by <mail>!")]
    [InlineData("Not before 2026-11-21T04:09:01.123Z", "Not before <time>")]
    [InlineData("Not before 21/11/2026 04:09:01 after 00:00:30", "Not before <time> after <time>")]
    [InlineData("Ids 4, 8, 15 and 16 are missing", "Ids <n> and <n> are missing")]
    [InlineData("Worker web-3 of order-17 says  no\r\n\tmore", "Worker web-<n> of order-<n> says no more")]
    [InlineData("The render did not finish", "The render did not finish")]
    [InlineData("Don't know 'x", "Don't know 'x")]
    [InlineData("<b>alert(1)</b>", "<b>alert(<n>)</b>")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    public void Variable_parts_of_a_message_are_replaced(string? message, string template) => Assert.Equal(template, MessageTemplate.Of(message));

    [Fact]
    public void Failures_that_differ_in_numbers_only_are_one_problem()
    {
        var one = FailureFingerprint.Of("orders.settle", "System.InvalidOperationException", "Order 17 is closed", Stack);
        var other = FailureFingerprint.Of("orders.settle", "System.InvalidOperationException", "Order 4 is closed", Stack.Replace("41", "57", StringComparison.Ordinal));
        Assert.Equal(one, other);
        Assert.Equal("Acme.Orders.OrderStore.Settle", one.Frame);
        Assert.Equal("Order <n> is closed", one.Template);
    }

    [Fact]
    public void Job_type_exception_message_and_frame_each_make_another_problem()
    {
        var ids = new[]
        {
            FailureFingerprint.Of("orders.settle", "A.B", "closed", Stack),
            FailureFingerprint.Of("orders.import", "A.B", "closed", Stack),
            FailureFingerprint.Of("orders.settle", "A.C", "closed", Stack),
            FailureFingerprint.Of("orders.settle", "A.B", "open", Stack),
            FailureFingerprint.Of("orders.settle", "A.B", "closed", null),
        };
        Assert.Equal(5, ids.Select(identity => identity.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("   at Acme.Board.<BuildAsync>d__5.MoveNext()", "Acme.Board.BuildAsync")]
    [InlineData("   at Acme.Board.<Build>g__Check|3_0(Month m)", "Acme.Board.Build.Check")]
    [InlineData("   at Acme.Cell`1.Of[T](T value) in Cell.cs:line 3", "Acme.Cell`1.Of")]
    [InlineData("at the third attempt it gave up", "")]
    [InlineData("   at System.A.B()\n   at Microsoft.C.D()", "")]
    public void The_own_frame_is_named_after_the_method_of_the_source(string stack, string frame) =>
        Assert.Equal(frame, FailureFingerprint.Of("t", "E", "m", stack).Frame);

    [Fact]
    public void A_message_of_ten_megabytes_costs_no_more_than_its_beginning()
    {
        foreach (var piece in new[] { "x ", "'", "\"", "1 2,", "a1", "/", "<n>,", "`", "“", "\n" })
        {
            var message = string.Concat(Enumerable.Repeat(piece, 10_000_000 / piece.Length));
            var stack = $"E: {message}\n   at Acme.A.B()";
            var identity = FailureFingerprint.Of("t", "E", message, stack);
            Assert.True(identity.Template.Length <= MessageTemplate.MaxLength);
            Assert.Equal("Acme.A.B", identity.Frame);
            var before = GC.GetAllocatedBytesForCurrentThread();
            FailureFingerprint.Of("t", "E", message, stack);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000);
        }
    }

    [Fact]
    public void What_PostgreSQL_cannot_store_is_not_in_a_template()
    {
        var template = MessageTemplate.Of("bad\0 \uD800 half");
        Assert.DoesNotContain('\0', template);
        Assert.DoesNotContain('\uD800', template);
    }
}
