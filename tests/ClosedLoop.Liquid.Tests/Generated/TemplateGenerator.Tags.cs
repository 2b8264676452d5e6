using System.Globalization;
using System.Text;

namespace ClosedLoop.Liquid.Tests.Generated;

internal sealed partial class TemplateGenerator
{
    private void Tag(StringBuilder text, int depth)
    {
        if (depth >= MaxDepth || random.Next(3) == 0)
        {
            text.Append(Simple());
            return;
        }

        text.Append(random.Next(12) switch
        {
            0 or 1 => Open("if " + Condition()) + Body(depth) + Repeat(() => Open("elsif " + Condition()) + Body(depth)) + Else(depth) + Open("endif"),
            2 => Open("unless " + Condition()) + Body(depth) + Else(depth) + Open("endunless"),
            3 => Open("case " + Value()) + Repeat(() => Open("when " + Value() + Pick("", ", 'a'", " or 1")) + Body(depth)) + Else(depth) + Open("endcase"),
            4 or 5 or 6 => For(depth),
            7 => Open($"tablerow {LoopVariable(out var name)} in {Collection()}{Pick("", " cols:2", " limit:3", " cols: 3 offset:1")}") + InLoop(name, depth, isFor: false) + Open("endtablerow"),
            8 => Open("capture " + AssignedName()) + Body(depth) + Open("endcapture"),
            9 => Open("ifchanged") + Body(depth) + Open("endifchanged"),
            10 => Pick(Open("comment") + Body(depth) + Open("endcomment"), Open("doc") + "about " + Open("enddoc"), Open("raw") + "{{ x }}{% y %}" + Open("endraw")),
            _ => Lines(),
        });
    }

    private string Simple() => random.Next(9) switch
    {
        0 or 1 => Open($"assign {AssignedName()} = {Filtered()}"),
        2 => Open("echo " + Filtered()),
        3 => Open(Pick("increment", "decrement") + " " + Pick("c1", "c2")),
        4 => Open("cycle " + Pick("", "'g': ") + Value() + ", " + Value()),
        5 => Open(Pick("include 'inc'", "include 'inc' with text", "include 'inc' for words", "include 'inc', a: " + Value(), "include 'deep'")),
        6 => Open(Pick("render 'ren'", "render 'ren', a: " + Value(), "render 'ren' with " + Variable(), "render 'ren' for objs as a", "render 'outer', a: " + Variable())),
        7 => _loops > 0 ? Open("if " + Condition()) + Open(Pick("break", "continue")) + Open("endif") : Open("# nothing"),
        _ => Lines(),
    };

    private string For(int depth)
    {
        var head = $"for {LoopVariable(out var name)} in {Collection()}{Pick("", "", " reversed")}{Pick("", "", " limit: 2", " limit: " + Pick("num", "none", "3"))}{Pick("", "", " offset: 1", " offset: continue")}";
        return Open(head) + InLoop(name, depth, isFor: true) + Else(depth) + Open("endfor");
    }

    private string InLoop(string variable, int depth, bool isFor)
    {
        _loopVariables.Add(variable);
        _loops += isFor ? 1 : 0;
        var body = Body(depth);
        _loops -= isFor ? 1 : 0;
        _loopVariables.RemoveAt(_loopVariables.Count - 1);
        return body;
    }

    private string LoopVariable(out string name) => name = Pick("i", "j", "p", "name");

    private string Collection() => Pick("list", "nums", "words", "objs", "obj", "(1..4)", "(1..num)", "text", "none", "objs[0].in", Variable());

    private string AssignedName() => random.Next(12) == 0 ? Pick("text", "name", "nums", "i") : Assigned[random.Next(Assigned.Length)];

    private string Else(int depth) => random.Next(3) == 0 ? Open("else") + Body(depth) : "";

    private string Repeat(Func<string> make) => string.Concat(Enumerable.Range(0, random.Next(0, 3)).Select(_ => make()));

    private string Lines()
    {
        var lines = Repeat(() => Pick("echo " + Filtered(), "assign v1 = " + Filtered(), "if " + Condition() + "\n echo 1\nendif", "# note") + "\n");
        return Open("liquid\n" + lines);
    }

    private string Open(string inside) => string.Create(CultureInfo.InvariantCulture, $"{{%{Dash()} {inside} {Dash()}%}}");
}
