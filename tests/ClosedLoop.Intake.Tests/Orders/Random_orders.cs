using System.Text;
using System.Xml;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Xml;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>Spoils good orders at random. The reader must give an order or an error, and may never think better of a file than the platform's own schema validation.</summary>
public sealed class Random_orders
{
    private const int Rounds = 2000;

    private static readonly string[] Scraps =
        ["<", ">", "&", "\"", "<a>", "</a>", "<retry/>", "<csv_file>x.csv</csv_file>", "<normal>1</normal>", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "é", "\0", "\u0001", "${x}$", "0", "-1", " ", "method=\"manual\"", "xmlns=\"u\"", "<fax/>", "<report/>", "\uFFFD", "<!DOCTYPE a>", "&amp;", "&#65;", "<text>t</text>"];

    [Fact]
    public void Spoilt_order_gives_an_error_or_an_order()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CLOSEDLOOP_SEED"), out var given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        var schema = OrderGrammar.Schema();
        string[] good = [Given.Email, Given.Sms, Given.Push, .. new[] { "order-a.xml", "order-b.xml", "order-c.xml" }.Select(name => File.ReadAllText(Given.ExamplePath(name)))];
        var (valid, invalid) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var xml = good[random.Next(good.Length)];
            for (var change = random.Next(1, 4); change > 0; change--) xml = Spoil(xml, random);
            var bytes = Encoding.UTF8.GetBytes(xml);
            if (random.Next(10) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var where = $"seed {seed}, round {round}:\n{Encoding.UTF8.GetString(bytes)}";
            OrderReading reading;
            try
            {
                reading = Given.Read(bytes);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException(where, fault);
            }

            Assert.True(reading.Order is null == reading.Problems.ErrorCount > 0, where);
            if (reading.Order is not null) valid++;
            else invalid++;
            if (reading.Order is not null) Assert.True(IsValid(bytes, schema) is null, $"{IsValid(bytes, schema)}, {where}");
            Assert.All(reading.Problems.Kept, problem => Assert.True(problem.Line >= 0 && problem.Column >= 0 && OrderErrorCodes.Find(problem.Code.Key) is not null, where));
        }

        Assert.True(valid > 25 && invalid > 500, $"seed {seed}: {valid} valid and {invalid} invalid orders do not try much");
    }

    [Fact]
    public void Platform_validates_the_good_orders_too()
    {
        foreach (var xml in new[] { Given.Email, Given.Sms, Given.Push }) Assert.Null(IsValid(Encoding.UTF8.GetBytes(xml), OrderGrammar.Schema()));
    }

    private static string Spoil(string xml, Random random)
    {
        var at = random.Next(xml.Length);
        var length = Math.Min(random.Next(1, 40), xml.Length - at);
        var lines = xml.Split('\n');
        switch (random.Next(7))
        {
            case 0:
                return xml.Remove(at, length);
            case 1:
                return xml.Insert(at, Scraps[random.Next(Scraps.Length)]);
            case 2:
                return xml.Insert(at, xml.Substring(random.Next(xml.Length - length), length));
            case 3:
                var gone = random.Next(lines.Length);
                return string.Join('\n', lines.Where((_, i) => i != gone));
            case 4:
                var (one, other) = (random.Next(lines.Length), random.Next(lines.Length));
                (lines[one], lines[other]) = (lines[other], lines[one]);
                return string.Join('\n', lines);
            case 5:
                var twice = random.Next(lines.Length);
                return string.Join('\n', lines.SelectMany((line, i) => i == twice ? new[] { line, line } : [line]));
            default:
                var open = xml.IndexOf('>', at);
                return open < 0 ? xml : xml.Insert(open + 1, Scraps[random.Next(Scraps.Length)]);
        }
    }

    private static string? IsValid(byte[] bytes, System.Xml.Schema.XmlSchemaSet schema)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schema, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                // The first fault is thrown.
            }

            return null;
        }
        catch (Exception fault) when (fault is XmlException or System.Xml.Schema.XmlSchemaException)
        {
            return fault.Message;
        }
    }
}
