using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Data.Keys;

/// <summary>Keeps data-protection keys in the database, so that a cookie of one replica is good at all of them.</summary>
public sealed class ProtectionKeyStore(IDbContextFactory<ConsoleDbContext> contexts) : IXmlRepository
{
    // One key is made every 90 days: a thousand are two centuries.
    private const int Most = 1_000;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = contexts.CreateDbContext();
        return [.. context.ProtectionKeys.OrderByDescending(k => k.Id).Take(Most).Select(k => k.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = contexts.CreateDbContext();
        context.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}
