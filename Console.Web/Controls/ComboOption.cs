namespace OpsConsole.Web.Controls;

/// <summary>One thing that a <see cref="Combo"/> offers; what is typed is looked for in both texts.</summary>
public sealed record ComboOption(string Value, string Note = "");
