using System.Text.Encodings.Web;
using System.Text.Unicode;
using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Api;
using FourStrands.Workbench.Assets;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Pages;
using FourStrands.Workbench.Pages.Checks;
using FourStrands.Workbench.Pages.Log;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Logging.Console;

namespace FourStrands.Workbench;

/// <summary>The workbench as a web application: pages over a view, and nothing that a view does not give.</summary>
public static class WorkbenchApplication
{
    /// <summary>Builds the application; the caller runs and disposes it.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="host">Changes to the web host before it is built, such as a test's in-memory server.</param>
    public static WebApplication Create(WorkbenchOptions options, Action<IWebHostBuilder>? host = null)
    {
        if (options.Demo && !options.Gate.People.IsSetUp)
            options.Gate.People.Invent(Viewer.BuiltIn);
        // Empty: nothing is taken from the environment or from files that happen to lie in the current folder.
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(WorkbenchApplication).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = Environments.Production,
            }
        );
        // That the sign-in keys lie unencrypted in their folder is said in the options; a line at every start tells nobody more.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SmallestLimit;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        });
        builder.WebHost.UseUrls(options.Address.GetLeftPart(UriPartial.Authority));
        AddServices(builder.Services, options);
        host?.Invoke(builder.WebHost);

        var app = builder.Build();
        app.UsePublicAddress(options);
        app.UseSecurityHeaders(options);
        app.UseRefusalLog();
        app.UseLoggedFirst();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseProblems();
        app.UseHostFiltering();
        app.UseRouting();
        app.UseUploadLimits();
        app.UseLimitOfReturns();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapAssets();
        app.MapRazorPages();
        app.MapSuggest();
        app.MapImportProgress();
        app.MapCheckDownloads();
        app.MapLogDownloads();
        app.MapProgramInterface();
        return app;
    }

    /// <summary>The most that a request may carry unless its page allows more.</summary>
    internal const long SmallestLimit = 256 * 1024;

    private static void AddServices(IServiceCollection services, WorkbenchOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Gate);
        services.AddSingleton(options.Clock);
        services.AddSingleton(HtmlEncoder.Create(new TextEncoderSettings(UnicodeRanges.All)));
        services.AddSingleton<Uploads>();
        services.AddSingleton<ImportJobs>();
        services.AddSingleton<BidderChecks>();
        services.AddSingleton<CheckJobs>();
        services.AddRouting(routing => routing.ConstraintMap["id"] = typeof(RecordIdConstraint));
        services.AddHostFiltering(hosts => hosts.AllowedHosts = HostsOf(options));
        services.AddSignIn(options);
        services.AddAccounts(options);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Keep("fourstrands-form", options);
            antiforgery.FormFieldName = "form-token";
            antiforgery.HeaderName = null;
        });
        var protection = services.AddDataProtection().SetApplicationName("FourStrands");
        if (options.KeysFolder is { } folder)
            services
                .AddOptions<KeyManagementOptions>()
                .Configure<ILoggerFactory>((keys, loggers) => keys.XmlRepository = new CookieKeys(PrivateFolder(folder), loggers));
        else
            protection.UseEphemeralDataProtectionProvider();

        services.AddAuthorization(authorization => authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRazorPages(pages =>
        {
            pages.Conventions.AllowAnonymousToPage("/SignIn");
            pages.Conventions.AllowAnonymousToPage("/SignInAgency");
            pages.Conventions.AllowAnonymousToPage("/Access/SetUp");
            pages.Conventions.AllowAnonymousToPage("/Access/ComeIn");
            pages.Conventions.AllowAnonymousToPage("/Help");
            pages.Conventions.AllowAnonymousToPage("/Accessibility");
            pages.Conventions.AllowAnonymousToPage("/Error");
            pages.Conventions.ConfigureFilter(new HandledMethodsOnly());
        });
        services.Configure<Microsoft.AspNetCore.Mvc.MvcOptions>(mvc => mvc.ModelBindingMessageProvider.SetValueMustNotBeNullAccessor(_ => "Enter a value"));
    }

    /// <summary>The hosts by which the workbench may be addressed: another name that resolves to this machine is a web page's trick.</summary>
    private static List<string> HostsOf(WorkbenchOptions options) =>
        options.PublicAddress is { } known ? [known.IdnHost]
        : options.Address.IsLoopback ? ["localhost", "127.0.0.1", "[::1]"]
        : [options.Address.Host];

    private static DirectoryInfo PrivateFolder(string folder)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, owner);
    }
}
