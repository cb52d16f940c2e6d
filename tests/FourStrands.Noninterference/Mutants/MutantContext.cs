using System.Reflection;
using System.Runtime.Loader;

namespace FourStrands.Noninterference.Mutants;

/// <summary>Loads this program a second time, with some of our assemblies from another folder than those it was built with.</summary>
internal sealed class MutantContext(string folder) : AssemblyLoadContext("mutant")
{
    /// <summary>Runs the differential test, or that of the pages, with the assemblies in a folder.</summary>
    public static int Run(string folder, string[] args)
    {
        var context = new MutantContext(Path.GetFullPath(folder));
        // The pages are found by name: those that were made for these assemblies.
        using var byName = context.EnterContextualReflection();
        var program = context.LoadFromAssemblyPath(typeof(Program).Assembly.Location).GetType(typeof(MutantContext).FullName!)!;
        return (int)program.GetMethod(nameof(Inside), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [args])!;
    }

    /// <summary>All of ours are loaded here, so that they mean the same types: changed ones from the folder, others from where we are.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (!assemblyName.Name!.StartsWith("FourStrands.", StringComparison.Ordinal))
            return null;
        foreach (string from in new[] { folder, AppContext.BaseDirectory })
        {
            string file = Path.Combine(from, assemblyName.Name + ".dll");
            if (File.Exists(file))
                return LoadFromAssemblyPath(file);
        }
        return null;
    }

    /// <summary>Called in the second copy.</summary>
    private static int Inside(string[] args) => Program.Run(args);
}
