using Bunit;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Shell;

public sealed class ReadingPageTests : BunitContext
{
    private readonly FakeTime _time = new();

    public ReadingPageTests() => Services.AddSingleton<TimeProvider>(_time);

    [Fact]
    public void What_was_read_stays_when_a_later_read_fails_and_is_followed_again_afterwards()
    {
        var page = Render<SomePage>();
        page.WaitForAssertion(() => Assert.Equal("0:", page.Markup));

        page.Instance.Fault = new TimeoutException();
        LookAgain(page, "0:The database does not answer.");

        page.Instance.Fault = null;
        LookAgain(page, "1:");
    }

    [Fact]
    public async Task A_page_that_was_left_reads_no_more()
    {
        var page = Render<SomePage>();
        page.WaitForAssertion(() => Assert.Equal("0:", page.Markup));

        await page.InvokeAsync(() => page.Instance.DisposeAsync().AsTask());

        Assert.True(page.Instance.HasLeft);
        Assert.True(page.Instance.IsCancelled);
    }

    private void LookAgain(IRenderedComponent<SomePage> page, string expected)
    {
        Assert.True(SpinWait.SpinUntil(() => _time.Waiting > 0, TimeSpan.FromSeconds(30)), "The page does not wait for its next look.");
        _time.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Equal(expected, page.Markup), TimeSpan.FromSeconds(30));
    }

    private sealed class SomePage : ReadingPage
    {
        private int _reads = -1;

        public Exception? Fault { get; set; }

        public bool HasLeft { get; private set; }

        public bool IsCancelled => Left.IsCancellationRequested;

        protected override TimeSpan LookEvery => TimeSpan.FromSeconds(1);

        protected override Task OnInitializedAsync() => LoadAsync();

        protected override Task ReadAsync()
        {
            if (Fault is not null) throw Fault;
            _reads++;
            return Task.CompletedTask;
        }

        protected override ValueTask LeaveAsync()
        {
            HasLeft = true;
            return ValueTask.CompletedTask;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"{_reads}:{Problem}");
    }
}
