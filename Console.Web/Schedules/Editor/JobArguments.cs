using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>The arguments of a draft as a form. The draft's JSON stays as it is until somebody changes something here.</summary>
public sealed class JobArguments
{
    private JobArguments(ScheduleDraft draft, ArgumentForm form) => (Draft, Form) = (draft, form);

    public ScheduleDraft Draft { get; }

    public ArgumentForm Form { get; }

    public static JobArguments Of(ScheduleDraft draft, JobType type, TimeZoneInfo zone)
    {
        var form = new ArgumentForm(type, zone);
        form.Fill(Laid(draft.Arguments));
        return new JobArguments(draft, form);
    }

    /// <summary>Takes what the form holds into the draft, sound or not: the check of the definition says what is wrong.</summary>
    public void Take()
    {
        Form.Check();
        Draft.Arguments = Form.Text;
    }

    /// <summary>JSON on several lines; other text as it is.</summary>
    public static string Laid(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? JsonSerializer.Serialize(document.RootElement, ArgumentForm.Writing) : json;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return json;
        }
    }
}
