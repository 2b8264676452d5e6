using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Tests.Generated;

/// <summary>
/// Random templates, as the grammar wants them and spoilt. A failure prints the seed of its case; <c>CLOSEDLOOP_SEED</c> set to it
/// runs that case first, and <c>CLOSEDLOOP_CASES</c> says how many there are.
/// </summary>
public sealed class GeneratedTemplateTests
{
    private const string Spoilers = "{}%|:'\"-.()[]<= \n\0é\ud834";
    private static readonly int Cases = Setting("CLOSEDLOOP_CASES") ?? 1500;

    /// <summary>Only to tell a hanging render from a slow machine; a run takes a few seconds.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Valid_templates_render_alike_unfolded_and_folded() => await EachAsync(random =>
    {
        var test = new GeneratedCase(random, new TemplateGenerator(random).Template());
        var plain = test.Unfolded();
        Assert.DoesNotMatch("^error LQ1", plain);
        AssertAlike(plain, test.Folded());
        AssertAlike(plain, test.HalfFolded(random.Next(60)));
        return test.Source;
    });

    [Fact]
    public async Task Valid_templates_render_in_the_strict_mode_as_in_the_lax_one() => await EachAsync(random =>
    {
        var test = new GeneratedCase(random, new TemplateGenerator(random).Template());
        var strict = test.Unfolded(LiquidMode.Strict);

        // The generator reads variables that nothing assigned, which the strict mode is right to refuse.
        if (strict != "error " + LiquidErrorCode.UnknownVariable)
        {
            Assert.Equal(test.Unfolded(), strict);
        }

        return test.Source;
    });

    [Fact]
    public async Task Spoilt_templates_end_in_the_librarys_own_errors_or_render_alike() => await EachAsync(random =>
    {
        var test = new GeneratedCase(random, Spoil(new TemplateGenerator(random).Template(), random));
        AssertAlike(test.Unfolded(), test.Folded());
        _ = test.Unfolded(LiquidMode.Strict);
        return test.Source;
    });

    /// <summary>Steps are not compared: a filter over a long list counts some, and folding has done it before.</summary>
    private static void AssertAlike(string plain, string folded)
    {
        if (plain != "error " + LiquidErrorCode.StepLimit && folded != "error " + LiquidErrorCode.StepLimit)
        {
            Assert.Equal(plain, folded);
        }
    }

    private static string Spoil(string source, Random random)
    {
        var text = new StringBuilder(source);
        for (var i = random.Next(1, 5); i > 0 && text.Length > 1; i--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 8), text.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 2:
                    text[at] = Spoilers[random.Next(Spoilers.Length)];
                    break;
                default:
                    text.Insert(at, new[] { "{%", "%}", "{{", "}}", " | ", "'", "endfor", "(1..99999999)", "[", "offset: continue", "[text]", "-" }[random.Next(12)]);
                    break;
            }
        }

        return text.ToString();
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static async Task EachAsync(Func<Random, string> check)
    {
        var first = Setting("CLOSEDLOOP_SEED") ?? Environment.TickCount & 0xFFFFFF;
        var seed = first;
        var run = Task.Run(() =>
        {
            for (; seed < first + Cases; seed++)
            {
                try
                {
                    check(new Random(seed));
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}\n{new TemplateGenerator(new Random(seed)).Template()}\n{e}");
                }
            }
        });
        if (await Task.WhenAny(run, Task.Delay(Hanging)) != run)
        {
            Assert.Fail($"seed {seed} hangs\n{new TemplateGenerator(new Random(seed)).Template()}");
        }

        await run;
    }
}
