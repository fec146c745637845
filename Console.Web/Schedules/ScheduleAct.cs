using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules;

/// <summary>What an act came to, with further facts for the audit.</summary>
internal sealed record ScheduleAct(ScheduleResult Result)
{
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();

    public static ScheduleAct Refuse(string message, int targets = 1) => new(new ScheduleResult { Message = message, Refused = targets });

    public static ScheduleAct Accept(string message) => new(new ScheduleResult { Accepted = true, Message = message, Done = 1 });

    public OperationResult ToOperation() => new()
    {
        Accepted = Result.Accepted,
        Message = Result.Message,
        Done = Result.Done,
        Refused = Result.Refused,
        Refusals = [.. Result.Refusals.Take(OperationLimits.ListedRefusals)],
        Facts = Facts,
    };
}
