namespace FourStrands.Cli.Demo;

/// <summary>Where a family's names come from.</summary>
internal enum NameStyle : byte
{
    Scottish,
    Polish,
    Chinese,
    Arabic,
    Pakistani,
    Romanian,
    Russian,
}

/// <summary>
/// Given names in use, and surnames put together from syllables so that they belong to nobody in particular.
/// Earlier in a list is more common. Where a name has more than one spelling they are parted by a bar, the usual one first.
/// </summary>
internal static class NameTables
{
    private static readonly string[][] Male =
    [
        Split(
            "James John David William|Bill|Billy|Will Robert|Rab|Bob|Robbie Andrew|Andy Thomas|Tom|Tommy Alexander|Alex|Sandy|Alec Michael|Mick|Mike "
                + "Ian|Iain George|Geordie Callum|Calum Scott Stuart|Stewart Kenneth|Kenny Fraser|Frazer Ewan|Euan|Ewen Craig Duncan|Dunc Alan|Allan|Alun "
                + "Graeme|Graham Gordon Donald|Donnie Neil|Neill Angus|Gus Hamish Malcolm|Malky Colin Douglas|Dougie Ross Lewis|Louis Gregor|Greg Kieran|Keiran "
                + "Finlay|Findlay Jamie Liam Archibald|Archie Hugh|Shug Peter|Pete Joseph|Joe Patrick|Pat|Paddy Brian|Bryan Derek|Derrick Alasdair|Alistair|Alastair "
                + "Murdo Struan Lachlan|Lachie Magnus Rory|Ruaridh Torquil Innes Keith Barry Kevin Gavin Bruce Norman Roderick|Roddy Euphan Lorne Cameron|Cammy"
        ),
        Split(
            "Piotr Krzysztof|Krzysiek Andrzej Tomasz|Tomek Paweł Michał Marcin Jakub|Kuba Adam Łukasz Grzegorz|Grzesiek Mateusz Wojciech|Wojtek Mariusz Dariusz|Darek "
                + "Zbigniew|Zbyszek Jerzy|Jurek Tadeusz Kazimierz Rafał Kamil Sławomir Bartosz|Bartek Stanisław Janusz Marek Jarosław Dawid Przemysław Maciej"
        ),
        Split(
            "Wei Jian Ming Jun Lei Feng Hao Qiang Yong Peng Tao Bin Chao Gang Xin Yang Zhiwei Jianguo Haoran Zihan Yichen Weimin Guoqiang Xiaoming Jianhua Zhenyu Yuxuan Junjie Minghao Tianyu"
        ),
        Split(
            "Muhammad|Mohammed|Mohamed|Mohamad Ahmad|Ahmed|Ahmet Ali|Aly Omar|Umar|Omer Hassan|Hasan Hussein|Husayn|Hussain Yusuf|Youssef|Yousef Ibrahim|Ebrahim Khalid|Khaled Mahmoud|Mahmud "
                + "Abdullah|Abdallah|Abdulla Mustafa|Mostafa Karim|Kareem Said|Saeed|Sayed Tariq|Tarek|Tareq Samir|Sameer Faisal|Faysal|Feisal Nabil|Nabeel Rashid|Rasheed Walid|Waleed "
                + "Jamal|Gamal Hamza|Hamzah Ziad|Ziyad Bilal|Belal Munir|Mounir Adil|Adel Farid|Fareed Salim|Saleem Anwar Hisham|Hicham"
        ),
        Split(
            "Muhammad|Mohammad|Mohammed Imran Usman|Osman|Uthman Bilal Asif Tariq|Tarique Nadeem|Nadim Faisal|Faysal Zahid Shahid Kashif Naveed|Navid Waqas|Waqaas Adnan Junaid|Junayd "
                + "Kamran Sajid Rizwan Saqib Aamir|Amir|Aamer Irfan Khurram Arshad Javed|Javaid|Jawed Rashid|Rasheed Zubair|Zubayr Yasir|Yaser Hamza Farooq|Farouk|Faruq Ijaz|Ejaz"
        ),
        Split(
            "Andrei Alexandru|Alex Mihai Ionuț|Ionut Cristian|Cristi Gheorghe Ion Vasile Florin Marian Constantin|Costel Daniel Adrian Bogdan Nicolae|Nicu Marius Gabriel Ștefan|Stefan "
                + "Răzvan|Razvan Sorin Dumitru Cătălin|Catalin Valentin Lucian Radu Dragoș|Dragos Vlad Ovidiu Petru Tudor"
        ),
        Split(
            "Александр|Саша Сергей|Серёжа Дмитрий|Дима Алексей|Лёша Андрей Иван|Ваня Михаил|Миша Владимир|Вова Николай|Коля Евгений|Женя Юрий|Юра Виктор Павел|Паша Олег Игорь Константин|Костя "
                + "Анатолий|Толя Борис Григорий|Гриша Максим Денис Роман Артём Виталий Валерий Геннадий|Гена Вячеслав|Слава Фёдор|Федя Пётр|Петя Аркадий"
        ),
    ];

    private static readonly string[][] Female =
    [
        Split(
            "Margaret|Maggie|Peggy Elizabeth|Liz|Betty|Beth Mary Catherine|Katherine|Kate|Cathy Anne|Ann Karen Fiona|Ffiona Susan|Sue Christine|Chris Laura Nicola|Nicky Claire|Clare Lynn|Lynne "
                + "Eilidh|Ailie Isla Kirsty|Kirstie|Kirsten Morag Shona|Shonagh Mhairi|Mairi|Vari Catriona|Katrina|Trina Janet|Jenny Jean Agnes|Nessie Heather Lesley|Leslie Gillian|Jillian Jennifer|Jenny|Jen "
                + "Emma Sarah|Sara Rachel Rebecca|Becky Hannah Amy|Aimee Lucy Sophie|Sophy Olivia Ailsa Iona Skye Rhona|Rona Aileen|Eileen Moira|Moyra Sheila Senga Una|Oonagh Beathag Flora Elspeth|Elspet "
                + "Jessie Isobel|Isabel|Ishbel Marion|Marian Euphemia|Effie Wilma Tracy|Tracey Sharon Lorna Alison|Allison Kerry|Kerrie Paula Yvonne Donna Angela|Angie Linda|Lynda"
        ),
        Split(
            "Anna|Ania Maria|Marysia Katarzyna|Kasia Małgorzata|Gosia Agnieszka|Aga Barbara|Basia Ewa Krystyna Elżbieta|Ela Magdalena|Magda Joanna|Asia Aleksandra|Ola Monika Zofia|Zosia Teresa "
                + "Danuta Natalia Karolina Justyna Beata Dorota Paulina Jadwiga|Jadzia Halina Renata Iwona Sylwia Weronika Grażyna Urszula|Ula"
        ),
        Split(
            "Li Fang Na Min Jing Xiu Yan Juan Ying Hui Xia Ping Hong Mei Lan Xue Yun Qing Rui Lin Meiling Xiaoyan Yanhong Shuyi Yuting Jiayi Xinyi Huifang Lihua Yuhan"
        ),
        Split(
            "Fatima|Fatma|Fatimah Aisha|Ayesha|Aicha Maryam|Mariam|Miriam Khadija|Khadijah Zaynab|Zainab|Zeinab Layla|Leila|Laila Nur|Noor|Nour Amina|Aminah Huda|Hoda Salma "
                + "Rania|Raniya Yasmin|Yasmeen|Jasmin Samira|Sameera Nadia|Nadiya Hanan Iman|Eman Rasha Dina|Deena Mona|Muna Sara|Sarah Lubna Rima|Reema Widad Suad|Souad Nawal Hala Ghada Sana|Sanaa Amal Basma"
        ),
        Split(
            "Ayesha|Aisha Fatima Saima|Sayma Nadia Sadia|Sadiya Rabia|Rabiya Sana Maria|Mariya Amna|Aamna Hina|Heena Zainab|Zaynab Iqra Mehwish|Mahwish Samina|Sameena Shazia|Shaziya Rukhsana Nasreen|Nasrin "
                + "Farah Bushra Uzma Noreen|Naureen Kiran Asma Humaira|Humera Tahira Yasmin|Yasmeen Parveen|Parvin Razia Shabana Tasneem|Tasnim"
        ),
        Split(
            "Maria Elena|Lenuța Ana Ioana Mihaela Andreea Alexandra Cristina|Cristi Gabriela Daniela Georgiana Florentina Simona Alina Raluca Mariana Nicoleta Monica Carmen Adriana Ramona Loredana Oana "
                + "Roxana Camelia Claudia Diana Bianca Corina Ștefania|Stefania"
        ),
        Split(
            "Елена|Лена Ольга|Оля Наталья|Наташа Татьяна|Таня Ирина|Ира Анна|Аня Светлана|Света Мария|Маша Юлия|Юля Екатерина|Катя Людмила|Люда Галина|Галя Марина Надежда|Надя Вера Любовь|Люба "
                + "Валентина|Валя Оксана Анастасия|Настя Дарья|Даша Виктория|Вика Лариса Ксения Полина Алла Нина Тамара Жанна Зоя Евгения|Женя"
        ),
    ];

    /// <summary>How the surnames of a style are put together: one of each column in turn.</summary>
    private static readonly string[][][] Syllables =
    [
        [
            Words("Mac Mac Mc _ _ _ _ Kil Gil Dun"),
            Words("Ar Bal Cor Dal Fal Gar Hal In Kel Lar Mor Nev Or Pit Ran Sel Tar Ul Vor Wal Bren Craw Drum Fend Glen Harr Ker Loch Murr Strath"),
            Words("a e i o and en er _ _ _"),
            Words("bain brae craig dale don gall haugh kie lan loch mond nish quhar ray shaw stane ter tosh vie wick gart holm ness rig"),
        ],
        [
            Words("Bor Chwal Dro Gra Jas Kal Kow Ławn Mal Nied Ol Por Rad Sied Szym Trz Wal Wój Zal Żur"),
            Words("a e i o y"),
            Words("b ch czn g k l mb n r sz w z"),
            Words("ewski icki owski iński ak czyk ski ny"),
        ],
        [
            Words(
                "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Shen Yao Lu"
            ),
        ],
        [
            Words("al- al- el- Al _ _ _"),
            Words("Bak Darw Fah Gham Hab Jaz Khal Mas Naj Qas Rah Sab Shar Tam Wah Zah Hak Bash Nas Sul"),
            Words("a i u ou"),
            Words("bi di fi li mi ni ri shi wi zi beh dar far man ran zan d l m r s"),
        ],
        [
            Words("Bha Cho Dur Gho Jat Kha Laga Mal Nia Qur Raj Sha Ta War Zam Mir Bai Aba Han Lod"),
            Words("b d dh g k l m n r s t z"),
            Words("a i o u ee"),
            Words("ni ri shi tti wal zai khel put var sar"),
        ],
        [
            Words("Al Băl Bog Cio Con Dob Dră Fil Gav Ili Lup Mar Mol Neg Opr Pân Rus Sân Șer Tur Ung Vas Zam"),
            Words("a e i o u ă"),
            Words("b c d g l n r s t v"),
            Words("escu eanu ea aru oiu ache uță an"),
        ],
        [
            Words("Ал Бел Вор Гор Дег Ел Жар Зав Кал Кир Лаз Мар Нов Ор Пет Ряз Сав Тар Уш Фед Хар Чер Шах Щер Юд Яр"),
            Words("а е и о у я ю"),
            Words("б в д ж к л м н р с т х ч ш"),
            Words("ов ев ин енко ский ец ук"),
        ],
    ];

    /// <summary>How many surnames a style has at most; common ones come first.</summary>
    private static readonly int[] SurnameCounts = [2600, 1100, 50, 900, 900, 900, 1000];

    private static readonly string[][] SurnamesOf = [.. Enumerable.Range(0, Syllables.Length).Select(MakeSurnames)];

    /// <summary>One in a hundred of so many is of each style, in the order of <see cref="NameStyle"/>.</summary>
    public static ReadOnlySpan<byte> StylePercent => [74, 7, 3, 3, 7, 3, 3];

    /// <summary>ISO codes of the nationality that goes with each style when it is not British.</summary>
    public static string[] Countries { get; } = ["gb", "pl", "cn", "sy", "pk", "ro", "ru"];

    public static Ranks[] SurnameRanks { get; } = [.. SurnamesOf.Select(s => new Ranks(s.Length, 12))];

    public static Ranks[] MaleRanks { get; } = [.. Male.Select(s => new Ranks(s.Length, 6))];

    public static Ranks[] FemaleRanks { get; } = [.. Female.Select(s => new Ranks(s.Length, 6))];

    /// <summary>The spellings of a given name, the usual one first.</summary>
    public static string[] GivenName(NameStyle style, bool female, int rank) => (female ? FemaleForms : MaleForms)[(int)style][rank];

    /// <summary>The surname of that rank, as written at home.</summary>
    public static string Surname(NameStyle style, int rank) => SurnamesOf[(int)style][rank];

    private static readonly string[][][] MaleForms = [.. Male.Select(s => s.Select(n => n.Split('|')).ToArray())];

    private static readonly string[][][] FemaleForms = [.. Female.Select(s => s.Select(n => n.Split('|')).ToArray())];

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Words(string words) => [.. words.Split(' ').Select(w => w == "_" ? "" : w)];

    /// <summary>Always the same surnames in the same order, whatever the world's seed.</summary>
    private static string[] MakeSurnames(int style)
    {
        var columns = Syllables[style];
        var dice = new Dice(1, Dice.Stream.Surnames, style);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var made = new List<string>();
        for (int tries = 0; made.Count < SurnameCounts[style] && tries < SurnameCounts[style] * 20; tries++)
        {
            string name = "";
            foreach (string[] column in columns)
            {
                string part = columns.Length == 1 ? column[tries % column.Length] : dice.Pick(column);
                // "MacArdale" and "al-Darwish", but "Ardale".
                name += name.Length == 0 || name is "Mac" or "Mc" || name.EndsWith('-') ? part : part.ToLowerInvariant();
            }
            if (seen.Add(name))
                made.Add(name);
        }
        return [.. made];
    }
}
