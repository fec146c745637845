using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Controls;

/// <summary>Something was typed into a <see cref="QueryBox"/>, or the cursor was moved there.</summary>
public sealed class QueryInputEventArgs : EventArgs
{
    /// <summary>Tokens that stand before it.</summary>
    public string Before { get; set; } = "";

    /// <summary>What is in the field.</summary>
    public string Text { get; set; } = "";

    /// <summary>Place of the cursor in it.</summary>
    public int Caret { get; set; }
}

/// <summary>Events that app.js registers with Blazor.</summary>
[EventHandler("onqueryinput", typeof(QueryInputEventArgs), enableStopPropagation: false, enablePreventDefault: false)]
public static class EventHandlers
{
}
