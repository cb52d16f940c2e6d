using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FourStrands.Noninterference.Mutants;

/// <summary>Compiles the gate's sources with a mutant's edits: nothing in the gate itself knows of it.</summary>
internal sealed class MutantCompiler
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private readonly string project;
    private readonly Dictionary<string, SyntaxTree> trees = new(StringComparer.Ordinal);
    private readonly CSharpCompilation sound;
    private readonly ResourceDescription[] resources;

    public MutantCompiler()
    {
        project = Path.Combine(Repository(), "src", "FourStrands.Picture");
        foreach (string file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(project, file).Replace('\\', '/');
            if (!name.StartsWith("obj/", StringComparison.Ordinal) && !name.StartsWith("bin/", StringComparison.Ordinal))
                trees.Add(name, CSharpSyntaxTree.ParseText(File.ReadAllText(file), Parsing, name));
        }
        var built = typeof(Gate).Assembly;
        string name0 = built.GetName().Name!;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => !Path.GetFileName(p).StartsWith("FourStrands.", StringComparison.Ordinal) || Path.GetFileName(p) == "FourStrands.Linkage.dll")
            .Select(p => MetadataReference.CreateFromFile(p));
        resources = [.. built.GetManifestResourceNames().Select(r => new ResourceDescription(r, () => built.GetManifestResourceStream(r)!, isPublic: true))];
        sound = CSharpCompilation.Create(
            name0,
            [
                .. trees.Values,
                CSharpSyntaxTree.ParseText(Usings, Parsing),
                CSharpSyntaxTree.ParseText($"[assembly: {typeof(AssemblyVersionAttribute).FullName}(\"{built.GetName().Version}\")]", Parsing),
            ],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: true
            )
        );
    }

    /// <summary>Writes the assembly to a file.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Compile(Mutant mutant, string file)
    {
        var compilation = sound;
        foreach (var group in mutant.Edits.GroupBy(e => e.File, StringComparer.Ordinal))
        {
            if (!trees.TryGetValue(group.Key, out var tree))
                return $"There is no {group.Key}.";
            string text = tree.ToString();
            foreach (var edit in group)
            {
                var places = Places(text, edit.Find);
                if (places.Count == 0)
                    return $"{edit.File} has no longer: {edit.Find}";
                if (places.Count > 1)
                    return $"{edit.File} has more than once: {edit.Find}";
                text = string.Concat(text.AsSpan(0, places[0].Start), edit.Replace, text.AsSpan(places[0].End));
            }
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, Parsing, group.Key));
        }
        var result = compilation.Emit(file, manifestResources: resources);
        return result.Success
            ? null
            : "It does not compile: " + string.Join("; ", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(3));
    }

    /// <summary>Where a text occurs, however it is broken into lines: blanks and line ends are not compared.</summary>
    private static List<(int Start, int End)> Places(string text, string find)
    {
        int[] at = [.. Enumerable.Range(0, text.Length).Where(i => !char.IsWhiteSpace(text[i]))];
        string dense = string.Concat(at.Select(i => text[i])),
            wanted = string.Concat(find.Where(c => !char.IsWhiteSpace(c)));
        List<(int, int)> places = [];
        for (int i = dense.IndexOf(wanted, StringComparison.Ordinal); i >= 0; i = dense.IndexOf(wanted, i + 1, StringComparison.Ordinal))
            places.Add((at[i], at[i + wanted.Length - 1] + 1));
        return places;
    }

    private static string Repository([CallerFilePath] string here = "")
    {
        foreach (string? start in new[] { Path.GetDirectoryName(here), AppContext.BaseDirectory })
        {
            for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "FourStrands.slnx")))
                    return folder.FullName;
            }
        }
        throw new InvalidOperationException("The sources are not here: run the tests from a working copy.");
    }
}
