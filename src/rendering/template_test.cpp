#include "rendering/template.hpp"

#include <gtest/gtest.h>

#include "rendering/files.hpp"

namespace latchkey::rendering {
namespace {

const Catalogue& texts() {
    static const Catalogue catalogue("en", {{"hello", "Hello {name}!"},
                                            {"twice", "{name} and {name}"},
                                            {"none", "{nobody}"},
                                            {"markup", "<b>{name}</b>"}});
    return catalogue;
}

std::string render(std::string_view source, const Fields& fields) {
    const auto parsed = Template::parse(source);
    if (!parsed) return "(malformed)";
    return parsed->render(fields, texts()).text();
}

TEST(Template, FillsInFieldsEscaped) {
    Fields fields;
    fields.set("name", R"(<script>"A" & 'B'</script>)");
    EXPECT_EQ(render("<p title=\"{{name}}\">{{name}}</p>", fields),
              "<p title=\"&lt;script&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/script&gt;\">"
              "&lt;script&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/script&gt;</p>");
    EXPECT_EQ(render("[{{nobody}}]", fields), "[]");
}

TEST(Template, IsolatesWhatItPutsIntoASentence) {
    Fields fields;
    fields.set("name", "<Ada>");
    EXPECT_EQ(render("{{_hello}}", fields), "Hello <bdi>&lt;Ada&gt;</bdi>!");
    EXPECT_EQ(render("{{=hello}}", fields), "Hello &lt;Ada&gt;!");
    EXPECT_EQ(render("{{_markup}}", fields), "&lt;b&gt;<bdi>&lt;Ada&gt;</bdi>&lt;/b&gt;")
        << "a translator cannot write markup either";
    EXPECT_EQ(render("{{_missing}}", fields), "missing");
    EXPECT_EQ(Template::fill("hello", fields, texts()), "Hello <Ada>!");
}

TEST(Template, RepeatsAndHidesSections) {
    Fields first;
    first.set("name", "Ada");
    Fields second;
    second.set("name", "Eve");
    Fields fields;
    fields.set("name", "outer").set("people", Fields::List{first, second}).show("shown");
    EXPECT_EQ(render("{{#people}}[{{name}}]{{/people}}{{name}}", fields), "[Ada][Eve]outer");
    EXPECT_EQ(render("{{#shown}}{{name}}{{/shown}}{{#hidden}}x{{/hidden}}", fields), "outer");
    EXPECT_EQ(render("{{^people}}nobody{{/people}}{{^hidden}}{{name}}{{/hidden}}", fields),
              "outer");
}

TEST(Template, AFieldIsNotReadAsATemplate) {
    Fields fields;
    fields.set("name", "{{secret}} {secret}").set("secret", "s3cret");
    EXPECT_EQ(render("{{name}}", fields), "{{secret}} {secret}");
    EXPECT_EQ(render("{{_hello}}", fields), "Hello <bdi>{{secret}} {secret}</bdi>!");
}

TEST(Template, RefusesUnclosedTags) {
    for (const auto* source : {"{{", "{{name", "{{}}", "{{#a}}", "{{#a}}{{/b}}", "{{/a}}"}) {
        EXPECT_FALSE(Template::parse(source)) << source;
    }
}

TEST(JsonBlock, CannotEndItsScriptElement) {
    EXPECT_EQ(JsonBlock::make(R"({"a":"</script><!--&"})").text(),
              R"({"a":"\u003c/script\u003e\u003c!--\u0026"})");
}

TEST(Template, EveryEmbeddedOneParsesAndNamesTextsThatExist) {
    int seen = 0;
    for (const std::string_view suffix : {".html", ".txt"}) {
        for (const File& file : files_ending(suffix)) {
            const auto parsed = Template::parse(file.contents);
            ASSERT_TRUE(parsed) << file.name;
            for (const std::string& key : parsed->text_keys()) {
                EXPECT_NE(catalogues().front().find(key), nullptr) << file.name << ": " << key;
            }
            ++seen;
        }
    }
    EXPECT_GE(seen, 14);
}

}  // namespace
}  // namespace latchkey::rendering
