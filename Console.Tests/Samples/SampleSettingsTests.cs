using System.Collections;
using System.Reflection;
using System.Text.Json;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Samples.Reports.Configuration;

namespace OpsConsole.Tests.Samples;

public sealed class SampleSettingsTests
{
    [Theory]
    [InlineData("Jobs", typeof(JobStorageOptions))]
    [InlineData(ReportsOptions.Section, typeof(ReportsOptions))]
    [InlineData(MailOptions.Section, typeof(MailOptions))]
    [InlineData(TrafficOptions.Section, typeof(TrafficOptions))]
    [InlineData(DemoOptions.Section, typeof(DemoOptions))]
    [InlineData(LogOptions.Section, typeof(LogOptions))]
    public void Appsettings_names_every_option_with_its_default(string section, Type options)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository(), "samples", "Reports", "appsettings.json")));
        var named = settings.RootElement.GetProperty(section);
        var defaults = Activator.CreateInstance(options);
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance);

        Assert.Equal(properties.Select(property => property.Name).Order(StringComparer.Ordinal), named.EnumerateObject().Select(setting => setting.Name).Order(StringComparer.Ordinal));
        Assert.All(properties.Where(property => property.PropertyType == typeof(string) || !property.PropertyType.IsAssignableTo(typeof(IEnumerable))), property =>
            Assert.Equal(property.GetValue(defaults), named.GetProperty(property.Name).Deserialize(property.PropertyType)));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Console.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"There is no Console.sln above {AppContext.BaseDirectory}. Run the tests from a build inside the repository.");
        return folder.FullName;
    }
}
