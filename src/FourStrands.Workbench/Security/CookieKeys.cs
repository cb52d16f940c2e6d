using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FourStrands.Workbench.Security;

/// <summary>
/// The keys that protect sign-in cookies: files in a folder. Where that can only be read, a new one is held in memory, and cookies end with the program.
/// </summary>
internal sealed partial class CookieKeys(DirectoryInfo folder, ILoggerFactory loggers) : IXmlRepository
{
    private readonly FileSystemXmlRepository files = new(folder, loggers);
    private readonly ILogger log = loggers.CreateLogger<CookieKeys>();
    private readonly List<XElement> held = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (held)
            return [.. files.GetAllElements(), .. held.Select(element => new XElement(element))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        try
        {
            files.StoreElement(element, friendlyName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            lock (held)
                held.Add(new XElement(element));
            SayHeld(folder.FullName, problem.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A new key of sign-in cookies could not be kept in {Folder}. It is held in memory: whoever is signed in signs in again when the program is next started. ({Problem})"
    )]
    private partial void SayHeld(string folder, string problem);
}
