using System.Runtime.InteropServices;
using FourStrands.Cli;

using var interrupted = new CancellationTokenSource();

var terminal = Terminal.OfProcess();

// Work ends at its next step. What does not, because it waits for a pipe that is silent, is ended a little later, or at once if asked twice:
// the store is made to survive worse.
var patience = TimeSpan.FromSeconds(3);
using var impatience = new Timer(_ => Leave());

void Leave()
{
    Console.Error.WriteLine(terminal.Interrupted());
    Environment.Exit(ExitCodes.Interrupted);
}

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    if (interrupted.IsCancellationRequested)
        Leave();
    impatience.Change(patience, Timeout.InfiniteTimeSpan);
    interrupted.Cancel();
}

using var interruption = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await new CommandLine(terminal).Run(args, interrupted.Token);
