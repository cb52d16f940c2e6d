using System.Reflection;
using System.Runtime.CompilerServices;
using FourStrands.Deter.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FourStrands.Noninterference.Mutants;

/// <summary>Compiles the gate, what it compares with and what asks it most, with edits: nothing in them knows of it.</summary>
internal sealed class MutantCompiler
{
    private readonly Project[] projects;

    /// <param name="edits">Edits that all that is compiled here has, besides those of a mutant.</param>
    public MutantCompiler(IReadOnlyList<Edit> edits) =>
        projects = [
            new Project(typeof(FourStrands.Linkage.Comparison).Assembly, edits),
            new Project(typeof(Gate).Assembly, edits),
            new Project(typeof(BidderChecks).Assembly, edits),
        ];

    /// <summary>Writes the assemblies into a folder.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Compile(Mutant mutant, string folder)
    {
        Directory.CreateDirectory(folder);
        return Misses(mutant) ?? projects.Select(p => p.Write(mutant.Edits, folder)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Why a mutant cannot be made of the sources as they are; null if it can, unless it does not compile.</summary>
    public string? Misses(Mutant mutant) =>
        mutant.Edits.Where(e => !Array.Exists(projects, p => p.Holds(e))).Select(e => $"There is no {e.Path}.").FirstOrDefault()
        ?? projects.Select(p => p.Misses(mutant.Edits)).FirstOrDefault(problem => problem is not null);

    /// <summary>One project's sources, compiled as they are when first asked for.</summary>
    private sealed class Project
    {
        private const string Usings =
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

        private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

        private readonly Dictionary<string, SyntaxTree> trees = new(StringComparer.Ordinal);
        private readonly string name;
        private readonly CSharpCompilation sound;
        private readonly ResourceDescription[] resources;
        private readonly Lazy<(byte[] Assembly, string? Problem)> whole;

        public Project(Assembly built, IReadOnlyList<Edit> edits)
        {
            name = built.GetName().Name!;
            string sources = Path.Combine(Repository(), "src"),
                folder = Path.Combine(sources, name);
            foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                string path = Path.GetRelativePath(sources, file).Replace('\\', '/');
                if (!path.StartsWith($"{name}/obj/", StringComparison.Ordinal) && !path.StartsWith($"{name}/bin/", StringComparison.Ordinal))
                    trees.Add(path, Parse(File.ReadAllText(file), path));
            }
            string? problem = null;
            foreach (var group in edits.Where(Holds).GroupBy(e => e.Path, StringComparer.Ordinal))
            {
                var (changed, why) = Change(trees[group.Key], group);
                problem ??= why;
                trees[group.Key] = changed;
            }
            var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(p =>
                    Path.GetFileNameWithoutExtension(p) is var n && n != name && (!n.StartsWith("FourStrands.", StringComparison.Ordinal) || Refers(built, n))
                )
                .Select(p => MetadataReference.CreateFromFile(p));
            resources =
            [
                .. built.GetManifestResourceNames().Select(r => new ResourceDescription(r, () => built.GetManifestResourceStream(r)!, isPublic: true)),
            ];
            sound = CSharpCompilation.Create(
                name,
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
            whole = new(() => problem is null ? Emit(sound) : ([], problem));
        }

        public bool Holds(Edit edit) => trees.ContainsKey(edit.Path);

        public string? Misses(IReadOnlyList<Edit> edits) =>
            edits
                .Where(Holds)
                .GroupBy(e => e.Path, StringComparer.Ordinal)
                .Select(g => Change(trees[g.Key], g).Problem)
                .FirstOrDefault(problem => problem is not null);

        public string? Write(IReadOnlyList<Edit> edits, string folder)
        {
            var (bytes, problem) = whole.Value;
            var compilation = sound;
            foreach (var group in edits.Where(Holds).GroupBy(e => e.Path, StringComparer.Ordinal))
            {
                var (changed, why) = Change(trees[group.Key], group);
                problem ??= why;
                compilation = compilation.ReplaceSyntaxTree(trees[group.Key], changed);
            }
            if (problem is null && compilation != sound)
                (bytes, problem) = Emit(compilation);
            if (problem is null)
                File.WriteAllBytes(Path.Combine(folder, name + ".dll"), bytes);
            return problem;
        }

        private (byte[], string?) Emit(CSharpCompilation compilation)
        {
            using var into = new MemoryStream();
            var result = compilation.Emit(into, manifestResources: resources);
            return result.Success
                ? (into.ToArray(), null)
                : ([], "It does not compile: " + string.Join("; ", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(3)));
        }

        private static (SyntaxTree Tree, string? Problem) Change(SyntaxTree tree, IEnumerable<Edit> edits)
        {
            string text = tree.ToString();
            foreach (var edit in edits)
            {
                var places = Places(text, edit.Find);
                if (places.Count == 0)
                    return (tree, $"{edit.Path} has no longer: {edit.Find}");
                if (places.Count > 1)
                    return (tree, $"{edit.Path} has more than once: {edit.Find}");
                text = string.Concat(text.AsSpan(0, places[0].Start), edit.Replace, text.AsSpan(places[0].End));
            }
            return (Parse(text, tree.FilePath), null);
        }

        private static SyntaxTree Parse(string text, string path)
        {
            var tree = CSharpSyntaxTree.ParseText(text, Parsing, path);
            return text.Contains("GeneratedRegex", StringComparison.Ordinal) ? tree.WithRootAndOptions(new PlainRegex().Visit(tree.GetRoot()), Parsing) : tree;
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

        private static bool Refers(Assembly built, string to) => Array.Exists(built.GetReferencedAssemblies(), r => r.Name == to);

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

    /// <summary>No generators run here: expressions that are compiled with the sources are made when they are first used.</summary>
    private sealed class PlainRegex : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
        {
            var made = node.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => a.Name.ToString() == "GeneratedRegex");
            if (made is null)
                return node;
            string arguments = string.Join(", ", made.ArgumentList!.Arguments.Select(a => a.Expression.ToString()));
            return node.WithAttributeLists([])
                .WithModifiers([.. node.Modifiers.Where(m => !m.IsKind(SyntaxKind.PartialKeyword))])
                .WithInitializer(SyntaxFactory.EqualsValueClause(SyntaxFactory.ParseExpression($"new({arguments})")))
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
                .NormalizeWhitespace()
                .WithTriviaFrom(node);
        }
    }
}
