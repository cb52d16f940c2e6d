using System.Runtime.InteropServices;
using FourStrands.Cli;

using var interrupted = new CancellationTokenSource();
void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interrupted.Cancel();
}

using var interruption = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await new CommandLine(Terminal.OfProcess()).Run(args, interrupted.Token);
