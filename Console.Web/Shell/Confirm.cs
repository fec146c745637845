namespace OpsConsole.Web.Shell;

/// <summary>What a person is asked before an act.</summary>
public sealed record ConfirmQuestion
{
    /// <summary>A question that names the act and its target: "Delete 3 jobs?".</summary>
    public required string Title { get; init; }
    /// <summary>What it is about.</summary>
    public string? Text { get; init; }
    /// <summary>What will happen, one sentence each, with counts.</summary>
    public IReadOnlyList<string> Consequences { get; init; } = [];
    /// <summary>The act with its count: "Delete 3 jobs".</summary>
    public required string ActLabel { get; init; }
    /// <summary>The way out: "Keep them".</summary>
    public string DismissLabel { get; init; } = "Cancel";
    public bool IsDangerous { get; init; }
    /// <summary>Whether a reason of at least <see cref="Confirm.ReasonLength"/> characters must be given.</summary>
    public bool ReasonRequired { get; init; }
    /// <summary>False hides the field for a reason.</summary>
    public bool AsksReason { get; init; } = true;
    /// <summary>Further things to choose.</summary>
    public IReadOnlyList<ConfirmField> Fields { get; init; } = [];
}

/// <summary>One more thing to fill in: free text with suggestions, or one of a list.</summary>
/// <param name="Name">Key of the value in <see cref="ConfirmAnswer.Values"/>.</param>
/// <param name="Label">Label.</param>
public sealed record ConfirmField(string Name, string Label)
{
    public string Value { get; init; } = "";
    public bool Required { get; init; } = true;
    public string? Note { get; init; }
    /// <summary>When set, one of these (value, text) must be chosen.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];
    /// <summary>Offered while typing; other text is fine too.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];
    /// <summary>Says what is wrong with a value, or null.</summary>
    public Func<string, string?>? Check { get; init; }
}

/// <summary>A yes, with its reason and the values of the fields.</summary>
public sealed record ConfirmAnswer(string Reason, IReadOnlyDictionary<string, string> Values);

/// <summary>Asks before acts; <see cref="ConfirmHost"/> in the layout shows the question.</summary>
public sealed class Confirm
{
    public const int ReasonLength = 10;
    private TaskCompletionSource<ConfirmAnswer?>? _answer;

    /// <summary>The question that is open, or null.</summary>
    public ConfirmQuestion? Open { get; private set; }

    public event Action? Changed;

    /// <summary>Waits for the answer; null is a no. A second question while one is open closes the first as a no.</summary>
    public Task<ConfirmAnswer?> AskAsync(ConfirmQuestion question)
    {
        _answer?.TrySetResult(null);
        _answer = new TaskCompletionSource<ConfirmAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Open = question;
        Changed?.Invoke();
        return _answer.Task;
    }

    public void Answer(ConfirmAnswer? answer)
    {
        var waiting = _answer;
        (_answer, Open) = (null, null);
        Changed?.Invoke();
        waiting?.TrySetResult(answer);
    }
}
