using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using FourStrands.Cli.Demo;
using FourStrands.Picture;
using FourStrands.Workbench;

namespace FourStrands.Cli.Commands;

internal static class ServeCommand
{
    private const int DefaultPort = 8400;

    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var port = new Option<int>("--port")
        {
            Description = "Port of this machine to listen on.",
            DefaultValueFactory = _ => DefaultPort,
            HelpName = "PORT",
        };
        var demo = new Option<bool>("--demo") { Description = "Make the demo world first if the store is new." };
        var reachedAt = new Option<string?>("--public-address")
        {
            Description = "The https address of a proxy on this machine by which others reach it.",
            HelpName = "ADDRESS",
        };
        var providers = new Option<string?>("--providers")
        {
            Description = "A file that says which agencies' people sign in at a place of their own (OpenID Connect).",
            HelpName = "FILE",
        };
        var command = new Command("serve", "Opens the workbench in the browser, for this machine alone. Stop it with Ctrl+C.")
        {
            port,
            demo,
            reachedAt,
            providers,
        };
        command.SetAction(
            async (parsed, interrupted) =>
            {
                int number = parsed.GetValue(port);
                if (number is < 1 or > 65535)
                    throw ProblemException.Usage("--port is a number from 1 to 65535.");
                var known = PublicAddress(parsed.GetValue(reachedAt));
                var ways = Providers(parsed.GetValue(providers));
                RefuseTakenPort(number);
                using var store = OpenStore.Open(terminal, shared, parsed, make: true, tellsNotLinked: false);
                var mark = store.Demo;
                if (parsed.GetValue(demo) && (mark is { Complete: false } || store.Gate.IsNew))
                    mark = DemoCommand.MakeIfNeeded(terminal, store, DemoWorld.DefaultRecords, DemoWorld.DefaultSeed, asked: false, interrupted);
                await Serve(terminal, store, mark, number, known, ways, interrupted);
                return ExitCodes.Done;
            }
        );
        return command;
    }

    /// <summary>An address that is https and names a host and nothing more.</summary>
    private static Uri? PublicAddress(string? text)
    {
        if (text is null)
            return null;
        return
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? address
            : throw ProblemException.Usage("--public-address is an https address without a path, such as https://fourstrands.example.gov.uk.");
    }

    private static IReadOnlyList<IdentityProvider> Providers(string? file)
    {
        try
        {
            return file is null ? [] : IdentityProvider.Read(file);
        }
        catch (InvalidDataException problem)
        {
            throw ProblemException.Usage(problem.Message);
        }
    }

    private static async Task Serve(
        Terminal terminal,
        OpenStore store,
        DemoMark? mark,
        int port,
        Uri? known,
        IReadOnlyList<IdentityProvider> providers,
        CancellationToken interrupted
    )
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        await using var workbench = WorkbenchApplication.Create(
            new WorkbenchOptions
            {
                Gate = store.Gate,
                Address = address,
                PublicAddress = known,
                Providers = providers,
                Demo = mark is not null,
                Clock = terminal.Clock,
                KeysFolder = store.Gate.KeysFolder,
                UploadsFolder = Path.Combine(store.Folder, "uploads"),
            }
        );
        try
        {
            await workbench.StartAsync(interrupted);
        }
        catch (IOException problem) when (problem.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw PortTaken(port);
        }
        string shown = (known ?? address).GetLeftPart(UriPartial.Authority);
        terminal.Out.WriteLine($"The workbench is open at {shown}");
        if (mark is not null)
        {
            terminal.Out.WriteLine("Sign in there by choosing who to be; everybody is fictional, so there is no password:");
            foreach (var viewer in Viewer.BuiltIn)
                terminal.Out.WriteLine($"  {viewer.ShortName, -13} {viewer.DisplayName}, {viewer.Role}, {viewer.AgencyName}");
        }
        else if (!store.Gate.People.IsSetUp)
        {
            terminal.Out.WriteLine("It has not been set up yet. Open this link within a day, as the person who is to be its administrator; it works once:");
            terminal.Out.WriteLine($"  {shown}/set-up?link={store.Gate.People.NewSetUpLink()}");
        }
        if (mark is not null)
            terminal.Out.WriteLine($"A list of bidders to check: {Path.Combine(store.Folder, Stories.BiddersFileName)}");
        terminal.Out.WriteLine("Stop it with Ctrl+C.");
        await terminal.Out.FlushAsync(CancellationToken.None);
        var linking = store.Gate.NotLinked > 0 ? Task.Run(() => FinishLinking(terminal, store, interrupted), CancellationToken.None) : Task.CompletedTask;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, interrupted);
        }
        catch (OperationCanceledException)
        {
            // The one way to stop it.
        }
        terminal.Say("Closing the workbench …");
        // A browser that keeps its connection open must not keep the program from ending.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await workbench.StopAsync(patience.Token);
        await linking;
    }

    /// <summary>Beside the workbench, which is open meanwhile.</summary>
    private static void FinishLinking(Terminal terminal, OpenStore store, CancellationToken interrupted)
    {
        terminal.Say(
            "An import was stopped before its records were compared with the others: that is being finished; until then matches with them may be missing."
        );
        try
        {
            store.Gate.FinishLinking(null, interrupted);
            terminal.Say("All records have been compared with each other.");
        }
        catch (OperationCanceledException)
        {
            // The next start goes on with it.
        }
        catch (StoreException problem)
        {
            terminal.Say(problem.Message);
        }
    }

    /// <summary>Asked before anything is made: nobody should wait for a demo world only to be told that the port is taken.</summary>
    private static void RefuseTakenPort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = false };
            listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            listener.Start();
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AccessDenied)
        {
            throw ProblemException.Store($"Port {port} may not be used by you: choose one above 1023 with --port.");
        }
        catch (SocketException)
        {
            throw PortTaken(port);
        }
    }

    private static ProblemException PortTaken(int port) =>
        ProblemException.Store(
            $"Port {port} is in use, perhaps by a workbench that is open already (http://127.0.0.1:{port}). Stop that, or choose another with --port."
        );
}
