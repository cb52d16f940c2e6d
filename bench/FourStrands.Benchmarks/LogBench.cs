using System.Diagnostics;
using System.Net;
using FourStrands.Cli.Demo;
using FourStrands.Picture;
using FourStrands.Workbench;

namespace FourStrands.Benchmarks;

/// <summary>What writing everything down costs: an entry by itself, and its share of a page.</summary>
internal static class LogBench
{
    private const int Pages = 2_000;

    /// <summary>One who asks for so many pages at once would be told to wait.</summary>
    private const int People = 10;

    /// <summary>Runs it.</summary>
    /// <param name="entries">How many entries are written at once.</param>
    public static void Run(int entries) => Measured.InFolder(folder => Run(entries, folder).GetAwaiter().GetResult());

    private static async Task Run(int entries, string folder)
    {
        using var gate = Gate.Open(Path.Combine(folder, "store"));
        var world = new DemoWorld(20_000);
        gate.People.Invent(Viewer.BuiltIn);
        WorldBench.Fill(gate, world);
        await gate.FlushReadLog();
        Write(gate, 20_000);
        double perEntry = Write(gate, entries);
        Measured.Say($"log: {entries:N0} entries kept, hashed and signed: {1e6 / perEntry:N0} entries for each CPU s, {perEntry:F1} µs each");

        await using var app = WorkbenchApplication.Create(
            new WorkbenchOptions
            {
                Gate = gate,
                Address = new Uri("http://127.0.0.1:0"),
                Demo = true,
                UploadsFolder = Path.Combine(folder, "uploads"),
            }
        );
        await app.StartAsync();
        var viewer = Viewer.BuiltIn.Single(v => v.ShortName == "glenbrae");
        var chief = Viewer.BuiltIn.Single(v => v.ShortName == "chief") with { Agency = viewer.Agency };
        string[] addresses = [.. gate.For(viewer).Search("ma", limit: 50).Hits.Select(h => $"/entity/{h.Entity.Id}")];
        var clients = new HttpClient[People];
        for (int i = 0; i < People; i++)
            clients[i] = await SignIn(new Uri(app.Urls.Single()), viewer);
        for (int i = 0; i < 200; i++)
            await clients[i % People].GetByteArrayAsync(new Uri(addresses[i % addresses.Length], UriKind.Relative));
        long before = gate.Audit.Checkpoint(chief)!.Size;
        double cpu = Measured.Cpu;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Pages; i++)
            await clients[i % People].GetByteArrayAsync(new Uri(addresses[i % addresses.Length], UriKind.Relative));
        double perPage = (Measured.Cpu - cpu) / Pages * 1e6;
        double each = (double)(gate.Audit.Checkpoint(chief)!.Size - before) / Pages;
        Measured.Say(
            $"log: an entity's page over HTTP: {Stopwatch.GetElapsedTime(start).TotalMilliseconds / Pages:F2} ms, {perPage:F0} µs of CPU time, {each:F1} entries; writing in groups as above, their share is {100 * each * perEntry / perPage:F1}%"
        );
        foreach (var client in clients)
            client.Dispose();
        long reading = Stopwatch.GetTimestamp();
        var found = gate.Audit.Search(chief, new LogQuestion { Text = "no such words" });
        Measured.Say(
            $"log: a search of all {gate.Audit.Checkpoint(chief)!.Size:N0} entries that finds {found.Entries.Count}: {Stopwatch.GetElapsedTime(reading).TotalMilliseconds:F0} ms"
        );
    }

    /// <returns>CPU time for each entry, in microseconds.</returns>
    private static double Write(Gate gate, int entries)
    {
        double cpu = Measured.Cpu;
        for (int i = 0; i < entries; i++)
            gate.People.Note("glenbrae@glenbrae-council", "fail to sign in");
        gate.FlushReadLog().GetAwaiter().GetResult();
        return (Measured.Cpu - cpu) / entries * 1e6;
    }

    private static async Task<HttpClient> SignIn(Uri address, Viewer viewer)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        string page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        string token = page.Split("name=\"form-token\" type=\"hidden\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent([new("viewer", viewer.Name), new("form-token", token)]);
        using var answer = await client.PostAsync(new Uri("/sign-in?handler=As", UriKind.Relative), form);
        return client;
    }
}
