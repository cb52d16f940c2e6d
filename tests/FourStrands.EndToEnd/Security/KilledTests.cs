using System.Collections.Concurrent;
using System.Net;
using FourStrands.Picture;
using Microsoft.Data.Sqlite;

namespace FourStrands.EndToEnd.Security;

/// <summary>The real program is killed while several people read: whatever was shown to them is in the log.</summary>
public sealed class KilledTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_shown_is_in_the_log_though_the_program_is_killed()
    {
        await using var program = await RealProgram.Start();
        Viewer[] readers = [SampleWorld.Analyst, SampleWorld.Glenbrae, SampleWorld.Strathorn];
        ConcurrentBag<(string Who, string Question)> shown = [];
        using var killed = new CancellationTokenSource();
        Task[] reading =
        [
            .. readers.SelectMany(r => Enumerable.Range(0, 3).Select(i => Task.Run(() => Read(program.Address, r, i, shown, killed.Token), Now))),
        ];
        while (shown.Count < 150)
        {
            Assert.DoesNotContain(reading, r => r.IsCompleted);
            await Task.Delay(20, Now);
        }
        // Somebody else has the log's file: nothing can be written, so that whatever is shown now is lost.
        using (var other = new SqliteConnection($"Data Source={Path.Combine(program.Folder, "reads.db")};Pooling=False"))
        {
            other.Open();
            using var taken = other.BeginTransaction(deferred: false);
            await Task.Delay(TimeSpan.FromSeconds(2), Now);
            await program.Kill();
        }
        await killed.CancelAsync();
        await Task.WhenAll(reading);

        using var gate = Gate.Open(program.Folder);
        foreach (var reader in readers)
        {
            var chief = reader with { Name = $"chief@{reader.Agency}", Roles = [Role.ChiefAuditor] };
            HashSet<string> logged = [];
            var question = new LogQuestion
            {
                Who = reader.Name,
                Text = "ma q",
                Limit = 200,
            };
            for (bool more = true; more; question = question with { Offset = question.Offset + question.Limit })
            {
                var page = gate.Audit.Search(chief, question);
                logged.UnionWith(page.Entries.Where(e => e.Act == "search").Select(e => e.Question!));
                more = page.More;
            }
            string[] asked = [.. shown.Where(s => s.Who == reader.Name).Select(s => s.Question)];
            Assert.NotEmpty(asked);
            Assert.Empty(asked.Except(logged));
        }
    }

    /// <summary>Asks one thing after another, each a question of its own, until nobody answers.</summary>
    private static async Task Read(Uri address, Viewer reader, int lane, ConcurrentBag<(string, string)> shown, CancellationToken killed)
    {
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
            {
                BaseAddress = address,
            };
            string page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), killed);
            string token = page.Split("name=\"form-token\" type=\"hidden\" value=\"")[1].Split('"')[0];
            using var form = new FormUrlEncodedContent([new("viewer", reader.Name), new("form-token", token)]);
            using var answer = await client.PostAsync(new Uri("/sign-in?handler=As", UriKind.Relative), form, killed);
            for (int i = 0; ; i++)
            {
                string question = $"ma q{lane}x{i}";
                using var found = await client.GetAsync(new Uri($"/search?q={Uri.EscapeDataString(question)}", UriKind.Relative), killed);
                if (found.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"The search answered {found.StatusCode}.");
                shown.Add((reader.Name, question));
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            // It was killed.
        }
    }
}
