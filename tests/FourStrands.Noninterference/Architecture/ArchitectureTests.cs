using System.Reflection;
using System.Runtime.CompilerServices;

namespace FourStrands.Noninterference.Architecture;

/// <summary>Nothing but the gate reads the store, and the gate hands out nothing but views.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Picture = typeof(Gate).Assembly;
    private static readonly Assembly Linkage = typeof(FourStrands.Linkage.Comparison).Assembly;

    /// <summary>Every project of ours that may lie beside the tests, and the projects that it may refer to: arrows run down only.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["FourStrands.Linkage"] = [],
        ["FourStrands.Picture"] = ["FourStrands.Linkage"],
        ["FourStrands.Formats"] = ["FourStrands.Picture", "FourStrands.Linkage"],
        ["FourStrands.Analysis"] = ["FourStrands.Picture", "FourStrands.Linkage"],
        ["FourStrands.Deter"] = ["FourStrands.Analysis", "FourStrands.Formats", "FourStrands.Picture", "FourStrands.Linkage"],
        ["FourStrands.Detect"] = ["FourStrands.Analysis", "FourStrands.Formats", "FourStrands.Picture", "FourStrands.Linkage"],
        ["FourStrands.Disrupt"] = ["FourStrands.Analysis", "FourStrands.Formats", "FourStrands.Picture", "FourStrands.Linkage"],
        ["FourStrands.Taskforce"] = ["FourStrands.Analysis", "FourStrands.Formats", "FourStrands.Picture", "FourStrands.Linkage"],
        // What is told to Divert never flows to Detect.
        ["FourStrands.Divert"] = [],
        ["FourStrands.Workbench"] =
        [
            "FourStrands.Deter",
            "FourStrands.Detect",
            "FourStrands.Disrupt",
            "FourStrands.Divert",
            "FourStrands.Taskforce",
            "FourStrands.Analysis",
            "FourStrands.Formats",
            "FourStrands.Picture",
            "FourStrands.Linkage",
        ],
        // The command line.
        ["fourstrands"] =
        [
            "FourStrands.Workbench",
            "FourStrands.Deter",
            "FourStrands.Detect",
            "FourStrands.Disrupt",
            "FourStrands.Divert",
            "FourStrands.Taskforce",
            "FourStrands.Analysis",
            "FourStrands.Formats",
            "FourStrands.Picture",
            "FourStrands.Linkage",
        ],
    };

    private static readonly Assembly[] Ours =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f).StartsWith("FourStrands", StringComparison.OrdinalIgnoreCase))
            .Select(f => AssemblyName.GetAssemblyName(f))
            .Where(n => n.Name != typeof(ArchitectureTests).Assembly.GetName().Name)
            .Select(Assembly.Load),
    ];

    private static readonly Assembly[] OutsideTheGate = [.. Ours.Where(a => a != Picture)];

    [Fact]
    public void The_projects_are_those_that_are_known_here() => Assert.Empty(Ours.Select(a => a.GetName().Name!).Except(Arrows.Keys, StringComparer.Ordinal));

    [Fact]
    public void Deter_formats_workbench_and_command_line_are_looked_at()
    {
        foreach (string name in (string[])["FourStrands.Deter", "FourStrands.Formats", "FourStrands.Workbench", "fourstrands"])
            Assert.Contains(Ours, a => a.GetName().Name == name);
    }

    [Fact]
    public void Arrows_run_down_only()
    {
        foreach (var assembly in Ours)
        {
            var referred = assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(n => n.StartsWith("FourStrands.", StringComparison.Ordinal));
            Assert.Empty(referred.Except(Arrows[assembly.GetName().Name!], StringComparer.Ordinal).Select(n => $"{assembly.GetName().Name} → {n}"));
        }
    }

    [Fact]
    public void Only_the_gate_refers_to_a_database()
    {
        string[] databases = ["Microsoft.Data.Sqlite", "SQLitePCLRaw", "System.Data.SqlClient", "Npgsql", "Microsoft.EntityFrameworkCore"];
        foreach (var assembly in OutsideTheGate)
        {
            Assert.Empty(
                assembly
                    .GetReferencedAssemblies()
                    .Select(r => r.Name!)
                    .Where(n => databases.Any(d => n.StartsWith(d, StringComparison.Ordinal)))
                    .Select(n => $"{assembly.GetName().Name} → {n}")
            );
            Assert.Empty(
                FieldsOf(assembly)
                    .Where(f =>
                        typeof(System.Data.IDbConnection).IsAssignableFrom(f.FieldType) || typeof(System.Data.Common.DbDataSource).IsAssignableFrom(f.FieldType)
                    )
                    .Select(Name)
            );
        }
        Assert.Contains("Microsoft.Data.Sqlite", Picture.GetReferencedAssemblies().Select(r => r.Name));
    }

    [Fact]
    public void Only_its_own_tests_and_benchmarks_see_the_gates_internals() =>
        Assert.Empty(
            Picture
                .GetCustomAttributes<InternalsVisibleToAttribute>()
                .Select(a => a.AssemblyName.Split(',')[0])
                .Except(["FourStrands.Picture.Tests", "FourStrands.Benchmarks"], StringComparer.Ordinal)
        );

    [Fact]
    public void Linkage_shows_nobody_its_internals_but_its_tests() =>
        Assert.DoesNotContain(Linkage.GetCustomAttributes<InternalsVisibleToAttribute>(), a => Arrows.ContainsKey(a.AssemblyName.Split(',')[0]));

    /// <summary>A check of the face, not of names: what a member gives or takes is public, or of the framework.</summary>
    [Fact]
    public void The_gates_public_face_names_no_type_of_the_store()
    {
        foreach (var type in Picture.GetExportedTypes())
        {
            foreach (
                var used in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).SelectMany(TypesOf)
            )
            {
                Assert.True(used.Assembly != Picture || used.IsVisible || used.IsGenericParameter, $"{type} shows {used}");
                Assert.False(
                    used.Namespace?.StartsWith("Microsoft.Data", StringComparison.Ordinal) == true
                        || used.Namespace?.StartsWith("System.Data", StringComparison.Ordinal) == true,
                    $"{type} shows {used}"
                );
                Assert.False(
                    used.Namespace
                        is "FourStrands.Picture.Store"
                            or "FourStrands.Picture.Memory"
                            or "FourStrands.Picture.Matches"
                            or "FourStrands.Picture.Search",
                    $"{type} shows {used}"
                );
            }
        }
    }

    /// <summary>Releases and requests are asked by somebody: whatever is public of them begins with the viewer.</summary>
    [Fact]
    public void Releases_and_requests_are_asked_by_a_viewer() =>
        Assert.All(
            new[] { typeof(Releases), typeof(Requests), typeof(Retention), typeof(Corrections) }
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                // That something ended is told with its label and nothing else.
                .Where(m => !m.IsSpecialName),
            m => Assert.Equal(typeof(Viewer), m.GetParameters()[0].ParameterType)
        );

    [Fact]
    public void The_only_way_from_the_gate_to_statements_is_a_view()
    {
        Type[] told =
        [
            typeof(View),
            typeof(Viewer),
            typeof(GateOptions),
            typeof(Task),
            typeof(string),
            typeof(bool),
            typeof(void),
            typeof(Gate),
            typeof(People),
            typeof(AuditLog),
            // What they tell comes from the views of those who ask: the two below.
            typeof(Releases),
            typeof(Requests),
            typeof(Erasures),
            typeof(Retention),
            typeof(Corrections),
        ];
        // How many imports are left to be linked, and linking them, is for whoever runs the program: no statement comes of it.
        Type[] linking = [typeof(int), typeof(IProgress<double>), typeof(double), typeof(CancellationToken)];
        Assert.Empty(
            typeof(Gate)
                .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .SelectMany(TypesOf)
                .Except(told)
                .Except(linking)
        );
        Assert.Empty(typeof(View).GetConstructors());
        Assert.Empty(typeof(ImportSession).GetConstructors());
        // And views, sessions and stores come from nowhere else.
        var givers = Picture
            .GetExportedTypes()
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OfType<MethodInfo>())
            .Where(m => m.ReturnType == typeof(View) || m.ReturnType == typeof(ImportSession))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")
            .Distinct(StringComparer.Ordinal);
        // A view may be narrowed: what it gives then is less of the same.
        Assert.Equal(["Gate.For", "View.BeginImport", "View.Without"], givers.Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// What is kept in a static field is everybody's. Constant tables may be; a collection that grows, or anything of a view, may not.
    /// </summary>
    [Fact]
    public void Nothing_outside_the_gate_keeps_answers_in_static_fields()
    {
        string[] frozen = ["System.Collections.Frozen", "System.Collections.Immutable"];
        Type[] ofAView =
        [
            typeof(View),
            typeof(Entity),
            typeof(RecordView),
            typeof(Document),
            typeof(Judgement),
            typeof(SearchResults),
            typeof(EntitySummary),
            typeof(Connection),
            typeof(SourceSummary),
            typeof(Said),
        ];
        Type[] growing =
        [
            typeof(System.Collections.Concurrent.ConcurrentDictionary<,>),
            typeof(System.Collections.Concurrent.ConcurrentBag<>),
            typeof(System.Collections.Concurrent.ConcurrentQueue<>),
            typeof(ConditionalWeakTable<,>),
            typeof(AsyncLocal<>),
            typeof(ThreadLocal<>),
        ];
        foreach (var field in OutsideTheGate.SelectMany(FieldsOf).Where(f => f.IsStatic))
        {
            var types = Parts(field.FieldType).ToArray();
            Assert.False(
                types.Any(t => ofAView.Contains(t)) && field.FieldType.IsGenericType && !typeof(Delegate).IsAssignableFrom(field.FieldType),
                $"{Name(field)} keeps what a view answered"
            );
            Assert.False(ofAView.Contains(field.FieldType), $"{Name(field)} keeps what a view answered");
            Assert.False(types.Any(t => t.IsGenericType && growing.Contains(t.GetGenericTypeDefinition())), $"{Name(field)} grows and is everybody's");
            bool collection =
                field.FieldType != typeof(string)
                && typeof(System.Collections.IEnumerable).IsAssignableFrom(field.FieldType)
                && !field.FieldType.IsArray
                && !frozen.Contains(field.FieldType.Namespace, StringComparer.Ordinal);
            Assert.False(collection && !field.IsInitOnly, $"{Name(field)} can be replaced and is everybody's");
        }
        Assert.DoesNotContain(
            OutsideTheGate.SelectMany(a => a.GetReferencedAssemblies()),
            r => r.Name is "Microsoft.Extensions.Caching.Memory" or "Microsoft.AspNetCore.OutputCaching" or "Microsoft.AspNetCore.ResponseCaching"
        );
    }

    private static IEnumerable<FieldInfo> FieldsOf(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .SelectMany(t =>
                t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(f => !f.IsLiteral);

    private static string Name(FieldInfo field) => $"{field.DeclaringType}.{field.Name} ({field.FieldType})";

    private static IEnumerable<Type> TypesOf(MemberInfo member) =>
        (
            member switch
            {
                MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
                ConstructorInfo made => made.GetParameters().Select(p => p.ParameterType),
                PropertyInfo property => [property.PropertyType],
                FieldInfo field => [field.FieldType],
                Type nested => [nested],
                _ => Enumerable.Empty<Type>(),
            }
        ).SelectMany(Parts);

    /// <summary>A type and all it is made of.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
            return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
    }
}
