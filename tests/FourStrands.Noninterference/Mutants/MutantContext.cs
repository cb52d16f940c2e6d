using System.Reflection;
using System.Runtime.Loader;

namespace FourStrands.Noninterference.Mutants;

/// <summary>Loads this program a second time, with another gate than the one it was built with.</summary>
internal sealed class MutantContext(string picture) : AssemblyLoadContext("mutant")
{
    /// <summary>Runs the differential test against the gate in a file.</summary>
    public static int Differ(string picture, string[] args)
    {
        var context = new MutantContext(Path.GetFullPath(picture));
        var program = context.LoadFromAssemblyPath(typeof(Program).Assembly.Location).GetType(typeof(MutantContext).FullName!)!;
        return (int)program.GetMethod(nameof(Inside), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [args])!;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == typeof(Gate).Assembly.GetName().Name ? LoadFromAssemblyPath(picture) : null;

    /// <summary>Called in the second copy.</summary>
    private static int Inside(string[] args) => Program.Differ(args);
}
