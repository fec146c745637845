using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Shell;

public sealed class CircuitTests
{
    [Theory]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits; client_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover")]
    [InlineData("x-own, permessage-deflate", "x-own, permessage-deflate; client_no_context_takeover")]
    [InlineData("", "")]
    public void A_browser_is_asked_to_compress_each_message_by_itself(string offered, string taken) => Assert.Equal(taken, CircuitWires.Forgetful(offered));

    [Fact]
    public async Task A_circuit_learns_nothing_of_what_numbers_and_texts_can_do()
    {
        var options = OptionsOfCircuit(out var services);
        await using var _ = services;
        Assert.Equal("""["a",7,true,["b"],{"at":1.5,"none":null}]""", JsonSerializer.Serialize(
            new object?[] { "a", 7, true, new List<string> { "b" }, new { At = 1.5, None = (string?)null } }, options));
        Assert.False(options.TryGetTypeInfo(typeof(IComparable<int>), out var _));
    }

    [Fact]
    public async Task A_circuit_still_reads_what_a_browser_answers()
    {
        var options = OptionsOfCircuit(out var services);
        await using var _ = services;
        Assert.Equal(["a", "b"], JsonSerializer.Deserialize<string[]>("""["a","b"]""", options)!);
        Assert.True(options.TryGetTypeInfo(typeof(IJSObjectReference), out var _));
    }

    private static JsonSerializerOptions OptionsOfCircuit(out ServiceProvider provider)
    {
        var services = WebApplication.CreateEmptyBuilder(new WebApplicationOptions()).Services;
        services.AddLogging().AddRazorComponents().AddInteractiveServerComponents();
        provider = CircuitJson.AddTo(services).BuildServiceProvider();
        return CircuitJson.OptionsOf((JSRuntime)provider.CreateScope().ServiceProvider.GetRequiredService<IJSRuntime>());
    }
}
