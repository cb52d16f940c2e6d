using System.Net;
using FourStrands.Deter.Checks;
using FourStrands.EndToEnd;
using FourStrands.EndToEnd.Security;
using FourStrands.Picture;
using FourStrands.Workbench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(RunningWorkbench))]

namespace FourStrands.EndToEnd;

/// <summary>The real application on a free port, over a store in a temporary folder, and a browser to look at it.</summary>
public sealed class RunningWorkbench : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-e2e-").FullName;
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private Gate gate = null!;
    private readonly Lazy<RecordId> emergency;
    private WebApplication app = null!;
    private WebApplication hasty = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <summary>Begins to make it.</summary>
    public RunningWorkbench() => emergency = new Lazy<RecordId>(Hasten);

    internal World World { get; private set; } = null!;

    /// <summary>A check of the same bidders for each viewer who may begin one.</summary>
    internal Dictionary<string, RecordId> Checks { get; } = new(StringComparer.Ordinal);

    internal Uri Address { get; private set; } = null!;

    /// <summary>What the application is made of: its routes, its store.</summary>
    internal IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        gate = Gate.Open(Path.Combine(folder, "store"));
        World = SampleWorld.Fill(gate);
        var checks = new BidderChecks(TimeProvider.System);
        foreach (var viewer in Viewer.BuiltIn.Where(BidderChecks.MayStart))
        {
            var request = new CheckRequest("Grounds maintenance 2026") { TenderReference = "GC/2026/014", Depth = 3 };
            Checks[viewer.Name] = checks.Start(gate.For(viewer), request, BidderList.Typed(SampleWorld.Bidders)).Id;
        }

        app = await Start("first", TimeSpan.FromSeconds(20));
        Address = AddressOf(app);
        hasty = await Start("hasty", TimeSpan.Zero);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await app.DisposeAsync();
        await hasty.DisposeAsync();
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A key for everything, of a machine with the rights of somebody.</summary>
    internal string Key(Viewer viewer)
    {
        lock (keys)
        {
            if (!keys.TryGetValue(viewer.Name, out string? key))
                keys.Add(viewer.Name, key = MachineKeys.For(gate.People, viewer, TimeProvider.System.GetUtcNow().AddDays(30)));
            return key;
        }
    }

    /// <summary>Emergency access of somebody of the police, which has ended and was reviewed.</summary>
    internal RecordId Emergency => emergency.Value;

    /// <summary>Somebody of the agency of an administrator.</summary>
    internal RecordId Person(string administrator) => gate.People.Of(Viewer.BuiltIn.Single(v => v.Name == administrator))[0].Id;

    /// <summary>A person of whom the viewer's agency knows something, OFFICIAL-SENSITIVE and in NIGHTJAR.</summary>
    internal RecordId Bring(Viewer by, string name, IEnumerable<(string Property, string Value)> more, Label? under = null)
    {
        var label =
            under is not null ? under
            : by.Compartments.Contains("nightjar", StringComparer.Ordinal) ? new Label(Classification.OfficialSensitive, [by.Agency], ["nightjar"])
            : Label.OwnAgency(by);
        using var import = gate.For(by).BeginImport(new ImportRequest("Reports", label, "reports.jsonl", "ftm"));
        var schema = Ontology.Default["Person"];
        import.Begin(name, schema);
        import.Add(schema["name"], name);
        foreach (var (property, value) in more)
            import.Add(schema[property], value);
        import.End();
        var id = import.IdentifierOf(name);
        import.Commit();
        return id;
    }

    private RecordId Hasten()
    {
        var people = gate.People;
        var by = SampleWorld.Analyst;
        var administrator = by with { Name = $"first@{by.Agency}", Roles = [Role.Administrator] };
        var until = TimeProvider.System.GetUtcNow().AddDays(30);
        var waits = people.Give(administrator, people.Self(by)!.Id, RightKind.Emergency, EmergencyAccess.ToOpenIt, until, "On call");
        people.Approve(administrator with { Name = $"other@{by.Agency}" }, waits!.Id);
        var access = people.OpenEmergency(by, people.Begin(by.Name, ""), 15, "It could not wait");
        people.EndEmergency(by, access.Id);
        people.ReviewEmergency(by with { Name = $"auditor@{by.Agency}", Roles = [Role.Auditor] }, access.Id, justified: true, "It could not");
        return access.Id;
    }

    private async Task<WebApplication> Start(string name, TimeSpan waitForWork)
    {
        var started = WorkbenchApplication.Create(
            new WorkbenchOptions
            {
                Gate = gate,
                Address = new Uri("http://127.0.0.1:0"),
                Demo = true,
                KeysFolder = Path.Combine(folder, name, "keys"),
                UploadsFolder = Path.Combine(folder, name, "uploads"),
                WaitForWork = waitForWork,
            },
            // What tests are refused on purpose need not be read by whoever reads what they say.
            host => host.ConfigureLogging(logging => logging.AddFilter("FourStrands.Refused", LogLevel.None))
        );
        await started.StartAsync();
        return started;
    }

    private static Uri AddressOf(WebApplication application) => new(application.Urls.Single());

    /// <summary>A person at a browser, signed in if <paramref name="viewer"/> is given; at a workbench that waits for no work if <paramref name="hasty"/>.</summary>
    internal async Task<Someone> Open(Viewer? viewer = null, bool script = true, bool hasty = false, Uri? at = null, int width = 1280, int height = 900)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = (at ?? (hasty ? AddressOf(this.hasty) : Address)).ToString(),
                JavaScriptEnabled = script,
                Locale = "en-GB",
                TimezoneId = "Pacific/Auckland",
                ViewportSize = new ViewportSize { Width = width, Height = height },
            }
        );
        context.SetDefaultTimeout(60_000);
        var person = new Someone(context, await context.NewPageAsync());
        if (viewer is not null)
            await person.SignIn(viewer);
        return person;
    }

    /// <summary>Speaks HTTP without a browser and without following anything.</summary>
    internal HttpClient Client() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = true,
                CookieContainer = new CookieContainer(),
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
        {
            BaseAddress = Address,
        };
}

/// <summary>Somebody at a browser, and what the browser complained about.</summary>
internal sealed class Someone : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    public Someone(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add($"{page.Url}: {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors and refusals in the console since they were last asked for. An unknown page is no fault of the page.</summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        var taken = complaints.Where(c => !c.Contains("status of 4", StringComparison.Ordinal)).ToList();
        complaints.Clear();
        return taken;
    }

    /// <summary>Demands that the page as it stands has nothing that axe objects to.</summary>
    public async Task MustBeAccessible(string name)
    {
        Assert.Empty((await Accessibility.Violations(Page)).Select(v => $"{name}: {v}"));
        await Screenshots.Take(Page, name);
    }

    public async Task SignIn(Viewer viewer)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {viewer.DisplayName}" }).ClickAsync();
        await Page.GetByText(viewer.DisplayName).First.WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // What a page looked like at the end says more than a test's message.
        await Screenshots.Take(Page, "last-" + TestContext.Current.TestMethod?.MethodName);
        await Context.DisposeAsync();
    }
}
