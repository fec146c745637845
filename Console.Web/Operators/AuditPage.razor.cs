using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Operators;

public sealed partial class AuditPage
{
    private const int Names = 500;

    // There are many: one text for all viewers.
    private static readonly MarkupString Kinds = new(string.Concat(AuditKinds.All.Select(kind =>
        $"<option value=\"{HtmlEncoder.Default.Encode(kind)}\">{HtmlEncoder.Default.Encode(AuditWords.Kind(kind))}</option>")));

    private IReadOnlyList<string> _names = [];
    private Data.Audit.AuditPage? _page;
    private bool _failed;
    private string _who = "";
    private string _kind = "";
    private string _target = "";

    [Inject] private AuditStore Store { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Who { get; set; }

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    [SupplyParameterFromQuery] private string? Target { get; set; }

    [SupplyParameterFromQuery] private string? Before { get; set; }

    private bool IsFiltered => _who.Length + _kind.Length + _target.Length > 0;

    protected override Task OnParametersSetAsync()
    {
        (_who, _kind, _target) = (Who ?? "", Kind ?? "", Target ?? "");
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        long? before = long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        try
        {
            _page = await Store.ListAsync(new AuditQuery { Who = _who, Kind = _kind, Target = _target, Before = before });
            _names = await Store.ListNamesAsync(Names);
            _failed = false;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            _failed = true;
        }
    }

    private void Filter() => Navigation.NavigateTo(Href(null));

    private string Href(long? before) => Links.Audit + Links.Query(
        ("who", _who), ("kind", _kind), ("target", _target.Trim()), ("before", before?.ToString(CultureInfo.InvariantCulture)));
}
