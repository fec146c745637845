namespace OpsConsole.Web.Controls;

/// <summary>One part of a search that stands, as <see cref="QueryBox"/> shows it.</summary>
/// <param name="Text">As it would be typed, in brackets where it could otherwise run into what stands beside it.</param>
/// <param name="Label">What it asks about, with its sign: <c>queue:</c>, <c>run&gt;</c>; empty for words.</param>
/// <param name="Value">The rest.</param>
/// <param name="IsNegated">Whether it must not hold.</param>
/// <param name="WithoutHref">The search without it.</param>
public sealed record QueryToken(string Text, string Label, string Value, bool IsNegated, string WithoutHref);

/// <summary>A place where a search is wrong.</summary>
/// <param name="Position">Of its first character, from 0.</param>
/// <param name="Message">What was expected there, as a sentence.</param>
public sealed record QueryMark(int Position, int Length, string Message);

/// <summary>One thing that may be typed next.</summary>
/// <param name="Text">Takes the place of the word at the cursor; with a space at its end where the term is whole.</param>
/// <param name="Note">What it is, or how many have it.</param>
public sealed record QueryOption(string Text, string Note = "");

/// <summary>Help with a search while it is typed.</summary>
/// <param name="Title">What is offered: "Queues".</param>
/// <param name="Marks">Faults, by their places in what is typed.</param>
public sealed record QueryAssist(string Title, IReadOnlyList<QueryOption> Options, IReadOnlyList<QueryMark> Marks)
{
    public static QueryAssist None { get; } = new("", [], []);
}
