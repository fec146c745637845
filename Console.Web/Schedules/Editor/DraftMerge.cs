using System.Text.Json.Nodes;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Puts what one operator has changed on top of what another one has saved meanwhile.</summary>
public static class DraftMerge
{
    /// <summary>Each member as <paramref name="mine"/> has it where that differs from <paramref name="common"/>, and as <paramref name="theirs"/> has it elsewhere.</summary>
    /// <param name="common">The version that both began with.</param>
    public static ScheduleDefinition OnTop(ScheduleDefinition common, ScheduleDefinition theirs, ScheduleDefinition mine)
    {
        // Arguments are text while they are typed, valid or not, and one value: half of each would be nobody's wish.
        var arguments = ArgumentDifference.Between("", common.Job.Arguments, mine.Job.Arguments).Any() ? mine.Job.Arguments : theirs.Job.Arguments;
        var merged = Merge(Json(common), Json(theirs), Json(mine));
        var definition = ScheduleJson.Read(merged!.ToJsonString());
        return definition with { Job = definition.Job with { Arguments = arguments } };
    }

    /// <summary>Members that both have changed, and not to the same.</summary>
    public static IReadOnlySet<string> Both(ScheduleDefinition common, ScheduleDefinition theirs, ScheduleDefinition mine)
    {
        var apart = ScheduleDifference.Between(theirs, mine).Select(change => change.Path).ToHashSet(StringComparer.Ordinal);
        apart.IntersectWith(ScheduleDifference.Between(common, theirs).Select(change => change.Path));
        apart.IntersectWith(ScheduleDifference.Between(common, mine).Select(change => change.Path));
        return apart;
    }

    private static JsonNode? Merge(JsonNode? common, JsonNode? theirs, JsonNode? mine)
    {
        if (theirs is JsonObject their && mine is JsonObject my && common is null or JsonObject)
        {
            var result = new JsonObject();
            foreach (var name in their.Concat(my).Select(member => member.Key).Distinct(StringComparer.Ordinal).ToList())
            {
                if (Merge((common as JsonObject)?[name], their[name], my[name]) is { } value) result[name] = value.DeepClone();
            }
            return result;
        }
        return JsonNode.DeepEquals(common, mine) ? theirs : mine;
    }

    private static JsonNode? Json(ScheduleDefinition definition) => JsonNode.Parse(ScheduleJson.Write(definition with { Job = definition.Job with { Arguments = "{}" } }));
}
