using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Shell;

/// <summary>Keeps a page that failed from taking the circuit with it: shows what happened, with a reference that the log has too.</summary>
public sealed class PageErrorBoundary : ErrorBoundaryBase
{
    private string _reference = "";

    [Inject] private ILogger<PageErrorBoundary> Logger { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Random.Shared.Next(0x100000, 0xFFFFFF).ToString("x6", CultureInfo.InvariantCulture);
        Logger.LogError(exception, "Page {Address} failed; shown to the viewer as reference {Reference}.", Navigation.Uri, _reference);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        var isStorage = CurrentException is JobStorageException;
        builder.OpenComponent<ErrorState>(1);
        builder.AddComponentParameter(2, nameof(ErrorState.Title), isStorage ? "Redis did not answer" : "This page could not be shown");
        builder.AddComponentParameter(3, nameof(ErrorState.Text), isStorage
            ? CurrentException.Message
            : "The fault is in the console, not in your jobs; they go on. Try again, and tell whoever runs the console this reference if it stays.");
        builder.AddComponentParameter(4, nameof(ErrorState.Reference), _reference);
        builder.AddComponentParameter(5, nameof(ErrorState.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.AddComponentParameter(6, nameof(ErrorState.IsPage), true);
        builder.CloseComponent();
    }
}
