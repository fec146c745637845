using System.Security.Claims;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules;

/// <summary>The gate of every act, for acts whose answer holds more than words.</summary>
internal sealed class ScheduleGate(OperatorGate gate)
{
    public async Task<ScheduleResult> RunAsync(ClaimsPrincipal user, Operation operation, Func<CancellationToken, Task<ScheduleAct>> act, CancellationToken cancel)
    {
        ScheduleResult? made = null;
        var answer = await gate.RunAsync(user, operation, async token =>
        {
            var done = await act(token);
            made = done.Result;
            return done.ToOperation();
        }, cancel);
        return (made ?? new ScheduleResult { Message = "" }) with
        {
            Accepted = answer.Accepted,
            Message = answer.Message,
            Done = answer.Done,
            Refused = answer.Refused,
            Refusals = answer.Refusals,
        };
    }
}
