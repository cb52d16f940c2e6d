using FourStrands.Picture;
using FourStrands.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace FourStrands.EndToEnd.Security;

/// <summary>The real application over an empty store of its own, for tests that count attempts, move the clock or break something.</summary>
internal sealed class OwnWorkbench : IAsyncDisposable
{
    private readonly string place;

    private OwnWorkbench(string place, Gate gate, WebApplication app, SetClock clock)
    {
        this.place = place;
        (Gate, App, Clock) = (gate, app, clock);
    }

    public Gate Gate { get; }

    public WebApplication App { get; }

    public SetClock Clock { get; }

    /// <summary>The folder of its store.</summary>
    public string Store => Path.Combine(place, "store");

    /// <summary>Where it listens.</summary>
    public Uri Address => new(App.Urls.Single());

    public static async Task<OwnWorkbench> Start(
        bool demo = true,
        Uri? publicAddress = null,
        Action<IWebHostBuilder>? host = null,
        IReadOnlyList<IdentityProvider>? providers = null,
        TimeSpan? waitForWork = null
    )
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-security-").FullName;
        var clock = new SetClock();
        var gate = Gate.Open(Path.Combine(folder, "store"), new GateOptions { Clock = clock });
        var app = WorkbenchApplication.Create(
            new WorkbenchOptions
            {
                Gate = gate,
                Address = new Uri("http://127.0.0.1:0"),
                PublicAddress = publicAddress,
                Providers = providers ?? [],
                Demo = demo,
                Clock = clock,
                UploadsFolder = Path.Combine(folder, "uploads"),
                WaitForWork = waitForWork ?? TimeSpan.FromSeconds(1.5),
            },
            // What is refused and broken on purpose need not be read by whoever reads what the tests say.
            host ?? (quiet => quiet.ConfigureLogging(logging => logging.ClearProviders()))
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new OwnWorkbench(folder, gate, app, clock);
    }

    /// <summary>A store that is set up, with its first administrator, who came in with that password.</summary>
    public async Task<(BareBrowser Browser, string Name, string Key, IReadOnlyList<string> Codes)> SetUp(string password)
    {
        var (person, secret) = Gate.People.SetUp(Gate.People.NewSetUpLink(), "Glenbrae Council", "01234 567890", "Elspeth Rae", "elspeth.rae");
        var browser = Browser();
        var (key, codes) = await browser.ComeIn(secret, password, Clock.Now);
        return (browser, person.SignInName, key, codes);
    }

    public BareBrowser Browser(string? host = null) => new(Address, host);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Gate.Dispose();
        Directory.Delete(place, recursive: true);
    }
}

/// <summary>A clock that a test sets.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
