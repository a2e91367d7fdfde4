(function(){
try{if(localStorage.getItem("guide-elder")==="true")document.documentElement.className="elder"}catch(error){}
var folders=location.pathname.split("/").slice(1,-1);
function found(root){var links=document.querySelectorAll("[data-way]");
for(var i=0;i<links.length;i+=1)links[i].href=root+links[i].getAttribute("data-way")}
function look(){var root="/"+folders.map(function(name){return name+"/"}).join("");
fetch(root+"manifest.webmanifest").then(function(answer){if(!answer.ok)throw 0;return answer.json()})
.then(function(manifest){if(!manifest.start_url)throw 0;found(root)})
.catch(function(){if(folders.length){folders.pop();look()}})}
addEventListener("DOMContentLoaded",look)})()
