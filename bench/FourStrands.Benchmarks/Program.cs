using FourStrands.Benchmarks;

// What is measured, and how: bench/README.md.
string[] names = args.Length > 0 ? [args[0]] : ["import", "ofac", "world", "gate", "log", "backup", "erase", "merge", "class", "load"];
int size = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
foreach (string name in names)
{
    switch (name)
    {
        case "import":
            ImportBench.Run(size > 0 ? size : 5_000_000);
            break;
        case "ofac":
            OfacBench.Run();
            break;
        case "world":
            WorldBench.Run(size > 0 ? size : 1_000_000, args.Length > 2 ? args[2] : null, args.Length > 3 ? args[3] : null);
            break;
        case "gate":
            GateBench.Run(size > 0 ? size : 200_000);
            break;
        case "log":
            LogBench.Run(size > 0 ? size : 200_000);
            break;
        case "backup":
            BackupBench.Run(size > 0 ? size : 200_000);
            break;
        case "erase":
            EraseBench.Run(size > 0 ? size : 200_000);
            break;
        case "merge":
            MergeBench.Run(size > 0 ? size : 100_000);
            break;
        case "class":
            ClassBench.Run(size > 0 ? size : 10_000_000);
            break;
        case "load":
            LoadBench.Run(size > 0 ? size : 1_000_000, args.Length > 2 ? args[2] : null);
            break;
        default:
            Console.Error.WriteLine(
                "Usage: import [STATEMENTS] | ofac | world [RECORDS [FOLDER [suggest|entities|checks]]] | gate [RECORDS] | log [ENTRIES] | backup [RECORDS] | erase [RECORDS] | merge [TIES] | class [RECORDS] | load [RECORDS [FOLDER]]; nothing: all of them."
            );
            return 2;
    }
}
return 0;
